/**
 * The accounts behind reports: sums of the outcomes of each experiment, arm and bundle per window of time. Plain values
 * and their arithmetic; the report task stores and publishes them.
 */
@NullMarked
package dev.kombo.attribution.account;

import org.jspecify.annotations.NullMarked;
