/**
 * What one arm earns more than another, per shopper, with intervals that hold however often one looks.
 *
 * <p>One observation per shopper, variance reduced by what was spent before, strata kept apart. Formulas, their
 * sources, and what was measured are in {@code topology-docs/uplift.md}.
 */
package dev.kombo.experiment.uplift;
