package dev.kombo.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * Strategies that this instance refused, the latest {@value #CAPACITY}. The global thread writes, the stream thread of
 * the one task that tells of them reads. Every instance has them, so that whichever owns that task can.
 */
final class StrategyRefusals {
    private static final int CAPACITY = 100;

    private volatile List<Refusal> latest = List.of();

    /**
     * A strategy that was refused.
     *
     * @param key of its record
     * @param problems all that is wrong with it
     * @param payload the strategy as JSON
     * @param recordTime timestamp of its record, epoch milliseconds
     * @param offset of its record
     */
    record Refusal(String key, List<String> problems, String payload, long recordTime, long offset) {}

    /** Adds one; the oldest gives way. Called by the global thread only. */
    void add(Refusal refusal) {
        List<Refusal> next = new ArrayList<>(latest);
        if (next.size() == CAPACITY) {
            next.remove(0);
        }
        next.add(refusal);
        latest = List.copyOf(next);
    }

    /** The latest, oldest first. */
    List<Refusal> latest() {
        return latest;
    }
}
