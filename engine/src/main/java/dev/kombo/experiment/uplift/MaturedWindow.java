package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;

/**
 * A matured measure of a shopper, with the arm it counts for.
 *
 * @param enrollment the assignment
 * @param matured the value
 * @param time end of the window, epoch milliseconds: the same however late it is noticed
 */
public record MaturedWindow(Enrollment enrollment, MaturedMeasure matured, long time) {}
