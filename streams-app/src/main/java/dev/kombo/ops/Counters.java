package dev.kombo.ops;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of what this instance did since it started, by metric and label values; any thread may count and read. They are
 * for the eye of an operator: an event that is processed again after a crash is counted again, while stores and topics
 * are exact.
 */
public final class Counters {
    private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();

    /** One series of a metric, with a value for each of its labels. */
    record Series(KomboMetric metric, List<String> labelValues) {
        Series {
            if (metric.kind() != KomboMetric.Kind.COUNTER
                    || labelValues.size() != metric.labels().size()) {
                throw new IllegalArgumentException(metric + " is no counter with the labels " + labelValues);
            }
        }
    }

    /** Nothing is counted yet; what is known to be counted is there as 0, so that its first growth can be seen. */
    public Counters() {
        for (KomboMetric metric : KomboMetric.values()) {
            metric.knownValues().forEach(values -> counter(metric, values.toArray(String[]::new)));
        }
    }

    /** The counter of a series; keep it where counting is frequent. */
    public LongAdder counter(KomboMetric metric, String... labelValues) {
        return counts.computeIfAbsent(new Series(metric, List.of(labelValues)), unused -> new LongAdder());
    }

    /** Counts one. */
    public void count(KomboMetric metric, String... labelValues) {
        counter(metric, labelValues).increment();
    }

    /** The sum over all series of a metric whose label values begin with the given ones; 0 where nothing was counted. */
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

    /** All counters that there are now. */
    Map<Series, LongAdder> all() {
        return counts;
    }
}
