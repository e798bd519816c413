/**
 * The statistics of running experiments: how much more one arm earns per shopper than another, with intervals that hold
 * however often one looks.
 *
 * <p>One observation per shopper, variance reduced by spending before assignment (CUPED), strata kept apart; also the
 * tests of planned shares, guardrails and sample sizes. Formulas, sources and measurements are in {@code
 * topology-docs/uplift.md}.
 */
@NullMarked
package dev.kombo.experiment.uplift;

import org.jspecify.annotations.NullMarked;
