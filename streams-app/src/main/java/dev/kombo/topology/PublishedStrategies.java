package dev.kombo.topology;

import dev.kombo.schema.Strategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategies as they were published: the one in force, and the latest {@value #CAPACITY} that this instance refused.
 * The global thread writes, the stream thread of the one task that tells of refusals reads. Every instance has them, so
 * that whichever owns that task can.
 */
final class PublishedStrategies {
    private static final int CAPACITY = 100;

    private volatile List<Refusal> refused = List.of();
    private volatile Strategy inForce;

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
    void refuse(Refusal refusal) {
        List<Refusal> next = new ArrayList<>(refused);
        if (next.size() == CAPACITY) {
            next.remove(0);
        }
        next.add(refusal);
        refused = List.copyOf(next);
    }

    /** The latest refused, oldest first. */
    List<Refusal> refused() {
        return refused;
    }

    /** Sets the one in force; null: the standard one, which nobody published. Called by the global thread only. */
    void inForce(Strategy strategy) {
        inForce = strategy;
    }

    /** The one in force, or null where nobody published it. */
    Strategy inForce() {
        return inForce;
    }
}
