package dev.kombo.lab.bench;

import java.util.List;
import java.util.Map;

/**
 * What is to be measured of a service.
 *
 * @param pairs batches of Kombo, each followed by the reference application; 0: none
 * @param latencyRate events a second at which latency is measured; 0: not at all
 * @param latencySeconds for how long
 * @param restart whether starts are measured
 * @param growth sizes at which the cost of an event is measured, each with a service of its own
 * @param growthSettings how large the rest is then
 */
public record BenchParts(
        int pairs,
        int latencyRate,
        int latencySeconds,
        boolean restart,
        Map<Axis, List<Integer>> growth,
        BenchSettings growthSettings) {
    /** What grows. */
    public enum Axis {
        /** Shoppers that have been there once at least. */
        USERS,
        /** Bundles of the catalogue. */
        BUNDLES,
        /** Events that the service has seen. */
        AGE,
        /** Events that the service has seen of a user, on average: fewer users for the same events. */
        HISTORY;

        BenchSettings at(int value, BenchSettings settings) {
            int users =
                    switch (this) {
                        case USERS -> value;
                        case HISTORY -> Math.max(1, settings.warmUp() / value);
                        default -> settings.users();
                    };
            return settings.with(
                    this == AGE ? value : settings.warmUp(),
                    users,
                    this == BUNDLES ? value : settings.bundles(),
                    settings.instances());
        }
    }
}
