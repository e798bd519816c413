package dev.kombo.topology;

import dev.kombo.schema.Strategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategies as they were published: the one in force, the latest {@value #CAPACITY} that this instance refused, and
 * experiments that are not noted in the topic yet. The global thread writes, the stream threads of the tasks that
 * publish strategies read. Every instance has them, so that whichever owns those tasks can.
 */
final class PublishedStrategies {
    private static final int CAPACITY = 100;

    private volatile List<Refusal> refused = List.of();
    private volatile List<Experiment> unnoted = List.of();
    private volatile InForce inForce;

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

    /**
     * A strategy in force.
     *
     * @param key of its record
     * @param strategy as it was published
     */
    record InForce(String key, Strategy strategy) {}

    /**
     * An experiment that came into force.
     *
     * @param salt its name
     * @param number its place in the order of experiments
     * @param version of the strategy that brought it
     * @param recordTime timestamp of the strategy's record, epoch milliseconds
     */
    record Experiment(String salt, long number, long version, long recordTime) {}

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
    void inForce(InForce strategy) {
        inForce = strategy;
    }

    /** The one in force, or null where nobody published it. */
    InForce inForce() {
        return inForce;
    }

    /** An experiment came into force of which the topic says nothing yet. Called by the global thread only. */
    void unnoted(Experiment experiment) {
        List<Experiment> next = without(experiment.salt());
        next.add(experiment);
        unnoted = List.copyOf(next);
    }

    /** The topic says when it came into force. Called by the global thread only. */
    void noted(String salt) {
        unnoted = List.copyOf(without(salt));
    }

    private List<Experiment> without(String salt) {
        List<Experiment> others = new ArrayList<>(unnoted);
        others.removeIf(experiment -> experiment.salt().equals(salt));
        return others;
    }

    /** Experiments of which the topic does not say yet that they came into force, in their order. */
    List<Experiment> unnoted() {
        return unnoted;
    }
}
