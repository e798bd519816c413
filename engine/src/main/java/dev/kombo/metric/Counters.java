package dev.kombo.metric;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what this instance did since it started, by metric and label values. Any thread may count and read. The counts
 * are for operators: an event that is processed again after a crash is counted again, while stores and topics are
 * exact.
 */
public final class Counters {
    private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();

    /** One series of a metric, with a value per label. */
    public record Series(KomboMetric metric, List<String> labelValues) {
        /** Called for the first count of a series only, as it splits the names of the labels. */
        private LongAdder zero() {
            if (metric.kind() != KomboMetric.Kind.COUNTER
                    || labelValues.size() != metric.labels().size()) {
                throw new IllegalArgumentException(metric + " is not a counter with the labels " + labelValues);
            }
            return new LongAdder();
        }
    }

    /** Creates counters of all known series at 0, so that their first increase is visible. */
    public Counters() {
        for (KomboMetric metric : KomboMetric.values()) {
            metric.knownValues().forEach(values -> counter(metric, values.toArray(String[]::new)));
        }
    }

    /** Returns the counter of a series; hold on to it where counting is frequent. */
    public LongAdder counter(KomboMetric metric, String... labelValues) {
        return counts.computeIfAbsent(new Series(metric, List.of(labelValues)), Series::zero);
    }

    /** Increments a series by one. */
    public void count(KomboMetric metric, String... labelValues) {
        counter(metric, labelValues).increment();
    }

    /**
     * Returns the sum over all series of a metric whose label values begin with the given ones; 0 if nothing was
     * counted.
     */
    public long get(KomboMetric metric, String... labelValues) {
        List<String> first = List.of(labelValues);
        long sum = 0;
        for (Map.Entry<Series, LongAdder> count : counts.entrySet()) {
            Series series = count.getKey();
            boolean asked = series.metric() == metric
                    && series.labelValues().subList(0, first.size()).equals(first);
            sum += asked ? count.getValue().sum() : 0;
        }
        return sum;
    }

    /** All current counters. */
    public Map<Series, LongAdder> all() {
        return counts;
    }
}
