/** Sums the outcomes of each experiment, arm and bundle per window of time: counts, revenue, and what offers earned. */
package dev.kombo.attribution.account;
