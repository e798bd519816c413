/**
 * What the parts of Kombo count for operators. {@link dev.kombo.metric.KomboMetric} lists all metrics; the service
 * exports them.
 */
@NullMarked
package dev.kombo.metric;

import org.jspecify.annotations.NullMarked;
