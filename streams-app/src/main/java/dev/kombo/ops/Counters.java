package dev.kombo.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of what this instance did since it started, by name; any thread may count and read. They are for the eye of
 * an operator: an event that is processed again after a crash is counted again, while stores and topics are exact.
 */
public final class Counters {
    private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** The counter of a name; keep it where counting is frequent. */
    public LongAdder counter(String name) {
        return counts.computeIfAbsent(name, unused -> new LongAdder());
    }

    /** Counts one. */
    public void count(String name) {
        counter(name).increment();
    }

    /** The count of a name; 0 where nothing was counted. */
    public long get(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** The sum of all counts whose names begin alike. */
    public long sum(String beginning) {
        long sum = 0;
        for (Map.Entry<String, LongAdder> count : counts.entrySet()) {
            sum += count.getKey().startsWith(beginning) ? count.getValue().sum() : 0;
        }
        return sum;
    }

    /** All counts at about one moment, by name. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        counts.forEach((name, count) -> snapshot.put(name, count.sum()));
        return snapshot;
    }
}
