package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Matured;

/**
 * A window of a shopper has ended.
 *
 * @param enrollment the arm
 * @param matured what it came to
 * @param time end of the window, epoch milliseconds: the same however late it is noticed
 */
public record Maturity(Enrollment enrollment, Matured matured, long time) {}
