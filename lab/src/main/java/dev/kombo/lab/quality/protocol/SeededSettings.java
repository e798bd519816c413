package dev.kombo.lab.quality.protocol;

import dev.kombo.learning.factors.FactorSettings;
import java.util.HashMap;
import java.util.Map;

/** Adds a seed to service settings: the engine's initial factors and random draws follow it unless they were given. */
public final class SeededSettings {
    private SeededSettings() {}

    /** Returns a copy of the settings with the engine's seed. */
    public static Map<String, String> of(Map<String, String> given, long seed) {
        Map<String, String> seeded = new HashMap<>(given);
        seeded.putIfAbsent(FactorSettings.SEED.name(), Long.toString(seed));
        return seeded;
    }
}
