/**
 * What an arm is worth against another, told honestly: one observation a shopper, variance reduced by what was spent
 * before, strata kept apart, and intervals that hold however often one looks. Formulas, their sources, and what was
 * measured are in {@code topology-docs/uplift.md}.
 */
package dev.kombo.tracking.uplift;
