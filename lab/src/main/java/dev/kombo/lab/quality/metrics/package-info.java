/** Metrics of rankings and of predicted probabilities: pure functions and accumulators. */
package dev.kombo.lab.quality.metrics;
