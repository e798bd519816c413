/**
 * What is counted and timed while the service runs, and what becomes of records that it cannot read or process. {@link
 * dev.kombo.ops.KomboMetric} is the list of all metrics.
 */
package dev.kombo.ops;
