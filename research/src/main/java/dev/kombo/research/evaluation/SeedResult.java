package dev.kombo.research.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an evaluation found with one seed: metrics by method, the engine's lead over each, and facts about the data.
 * Filled by one thread, then handed over; nobody else changes it.
 *
 * <p>Everything keeps the order in which it was first added, which is the order of rows and columns. A metric named
 * {@code group.name}, such as {@code bundles.recall@10}, is shown in a table of its group; one without a dot in the
 * first table.
 *
 * @param metrics method to metric to value
 * @param gains method to metric to the engine's lead over the method
 * @param facts what a reader needs besides the metrics, by name
 */
public record SeedResult(
        Map<String, Map<String, Double>> metrics, Map<String, Map<String, Gain>> gains, Map<String, String> facts) {
    /** Begins without results. */
    public SeedResult() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /**
     * The engine's lead over another method on the same questions.
     *
     * @param mean of the differences
     * @param standardError of that mean
     */
    public record Gain(double mean, double standardError) {}

    /**
     * Adds a value.
     *
     * @param metric name such as {@code recall@20}
     * @param value finite
     * @throws IllegalArgumentException if it is not, or the method has the metric already
     */
    public SeedResult metric(String method, String metric, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric + " of " + method + " is " + value);
        }
        Double before =
                metrics.computeIfAbsent(method, none -> new LinkedHashMap<>()).putIfAbsent(metric, value);
        if (before != null) {
            throw new IllegalArgumentException(method + " has two values of " + metric);
        }
        return this;
    }

    /** Adds the engine's lead over a method. */
    public SeedResult gain(String method, String metric, double mean, double standardError) {
        gains.computeIfAbsent(method, none -> new LinkedHashMap<>()).put(metric, new Gain(mean, standardError));
        return this;
    }

    /** Adds a fact about the data that a reader needs besides the metrics, such as {@code users ranked}; as text. */
    public SeedResult fact(String name, String value) {
        facts.put(name, value);
        return this;
    }

    /** Adds a number. */
    public SeedResult fact(String name, long value) {
        return fact(name, Long.toString(value));
    }

    /** Adds the number of unusable rows of the data set, by reason. */
    public SeedResult leftOut(Map<String, Long> rows) {
        return fact("rows left out", rows.isEmpty() ? "none" : rows.toString());
    }
}
