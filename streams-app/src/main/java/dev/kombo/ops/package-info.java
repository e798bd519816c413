/**
 * Metrics and failures: counts and exports what the service does, and decides whether a record that cannot be decoded
 * or processed goes to the dead-letter topic or fails the thread. {@link dev.kombo.ops.KomboMetric} lists all metrics.
 */
package dev.kombo.ops;
