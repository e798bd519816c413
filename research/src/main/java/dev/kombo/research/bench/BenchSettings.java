package dev.kombo.research.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes of a benchmark: of its shop, its batches of events, and its service.
 *
 * @param events per batch
 * @param warmUp events before the first batch
 * @param users number of users
 * @param items number of items
 * @param bundles number of bundles
 * @param slots share of the bundles that have a slot
 * @param sessions whether users come in sessions; otherwise each act is that of a user drawn anew
 * @param instances of the service
 * @param seed determines all random draws
 * @param overrides settings of the service that differ from the defaults
 */
public record BenchSettings(
        int events,
        int warmUp,
        int users,
        int items,
        int bundles,
        double slots,
        boolean sessions,
        int instances,
        long seed,
        Map<String, String> overrides) {
    /** Returns the settings with another number of events before the first batch, and of instances. */
    BenchSettings with(int newWarmUp, int newInstances) {
        return new BenchSettings(
                events, newWarmUp, users, items, bundles, slots, sessions, newInstances, seed, overrides);
    }

    /** Returns the settings for people, named like the options. */
    Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("events", Integer.toString(events));
        described.put("warm-up", Integer.toString(warmUp));
        described.put("users", Integer.toString(users));
        described.put("items", Integer.toString(items));
        described.put("bundles", Integer.toString(bundles));
        described.put("slots", Double.toString(slots));
        described.put("sessions", Boolean.toString(sessions));
        described.put("instances", Integer.toString(instances));
        described.put("seed", Long.toString(seed));
        described.putAll(new TreeMap<>(overrides));
        return described;
    }
}
