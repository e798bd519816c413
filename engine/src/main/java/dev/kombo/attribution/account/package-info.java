/**
 * Sums outcomes over shoppers: the counts and money of each experiment, arm, placement and bundle, by hour, by day and
 * in all, and what each discount budget has spent.
 *
 * <p>Plain values and their arithmetic; the report task stores and publishes them. Whether arms differ by more than
 * chance is computed in {@link dev.kombo.experiment.uplift}.
 */
@NullMarked
package dev.kombo.attribution.account;

import org.jspecify.annotations.NullMarked;
