package dev.kombo.lab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which measurements a benchmark makes, and how often.
 *
 * @param pairs number of batches of Kombo, each followed by the reference application; 0: none
 * @param latencyRate events per second while latency is measured; 0: not measured
 * @param latencySeconds duration of that measurement
 * @param restart whether starts are measured
 * @param takeOver whether gaps are measured while instances go
 * @param growth sizes at which the cost of an event is measured, each with a new service
 * @param growthSettings all other sizes in that measurement
 * @param rows file of the rows of that measurement that are done; null: none
 */
public record BenchParts(
        int pairs,
        int latencyRate,
        int latencySeconds,
        boolean restart,
        boolean takeOver,
        Map<Axis, List<Integer>> growth,
        BenchSettings growthSettings,
        Path rows) {
    /** Dimensions of growth. */
    public enum Axis {
        /** Number of shoppers with at least one event. */
        USERS,
        /** Number of bundles in the catalogue. */
        BUNDLES,
        /** Number of events that the service has processed; its starts are timed too. */
        AGE,
        /** Mean number of events per user: fewer users for the same events. */
        HISTORY;

        BenchSettings at(int value, BenchSettings settings) {
            int users = switch (this) {
                case USERS -> value;
                case HISTORY -> Math.max(1, settings.warmUp() / value);
                default -> settings.users();
            };
            return settings.with(
                    this == AGE ? value : settings.warmUp(),
                    users,
                    this == BUNDLES ? value : settings.bundles(),
                    // Starts are those of one instance.
                    this == AGE ? 1 : settings.instances());
        }
    }
}
