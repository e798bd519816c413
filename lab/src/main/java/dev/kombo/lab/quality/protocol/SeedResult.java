package dev.kombo.lab.quality.protocol;

import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The results of one run with one seed. Filled by one thread, then handed over.
 *
 * <p>Everything keeps the order in which it was first added, which is the order of rows and columns. A metric named
 * {@code group.name}, such as {@code bundles.recall@10}, is shown in a table of its group; one without a dot in the
 * first table.
 */
public final class SeedResult {
    private final Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    private final Map<String, Map<String, Gain>> gains = new LinkedHashMap<>();
    private final Map<String, ReliabilityCurve> reliability = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

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

    /** Adds predicted against observed probabilities. */
    public SeedResult reliability(String method, ReliabilityCurve curve) {
        reliability.put(method, curve);
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

    /** Method to metric to value. */
    public Map<String, Map<String, Double>> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** Method to metric to the engine's lead over the method. */
    public Map<String, Map<String, Gain>> gains() {
        return Collections.unmodifiableMap(gains);
    }

    /** Method to curve. */
    public Map<String, ReliabilityCurve> reliability() {
        return Collections.unmodifiableMap(reliability);
    }

    /** Name to value. */
    public Map<String, String> facts() {
        return Collections.unmodifiableMap(facts);
    }
}
