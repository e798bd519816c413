package dev.kombo.ops;

import java.util.List;

/**
 * A value of a gauge whose labels are known only when it is read.
 *
 * @param labelValues in the order of the metric's labels
 */
public record Figure(KomboMetric metric, List<String> labelValues, double value) {
    public Figure {
        labelValues = List.copyOf(labelValues);
        if (labelValues.size() != metric.labels().size()) {
            throw new IllegalArgumentException(
                    metric + " has the labels " + metric.labels() + ", found values " + labelValues);
        }
    }
}
