/** Measures of ranking and of probabilities: pure functions and accumulators. */
package dev.kombo.lab.quality.metrics;
