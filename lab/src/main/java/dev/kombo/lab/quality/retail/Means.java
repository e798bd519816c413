package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.protocol.SeedResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** Means of metrics by method. */
final class Means {
    private static final class Mean {
        private double sum;
        private long count;
    }

    private final Map<String, Map<String, Mean>> means = new LinkedHashMap<>();

    /** Takes note of a value. */
    void add(String method, String metric, double value) {
        Mean mean = means.computeIfAbsent(method, none -> new LinkedHashMap<>())
                .computeIfAbsent(metric, none -> new Mean());
        mean.sum += value;
        mean.count++;
    }

    /** Mean of a metric, or NaN where none was noted. */
    double mean(String method, String metric) {
        Mean mean = means.getOrDefault(method, Map.of()).get(metric);
        return mean == null ? Double.NaN : mean.sum / mean.count;
    }

    /** Adds the means of a method to a result. */
    void addTo(SeedResult result, String method) {
        means.getOrDefault(method, Map.of())
                .forEach((metric, mean) -> result.metric(method, metric, mean.sum / mean.count));
    }
}
