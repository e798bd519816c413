/**
 * Metrics of the running service, and the handling of records that it cannot read or process.
 * {@link dev.kombo.ops.KomboMetric} lists all metrics.
 */
package dev.kombo.ops;
