package dev.kombo.lab.quality.protocol;

import dev.kombo.learning.factors.FactorSettings;
import java.util.HashMap;
import java.util.Map;

/** Service settings of one seed: starting vectors and draws of the engine follow it unless they were given. */
public final class SeededSettings {
    private SeededSettings() {}

    /** The settings with the seed of the engine; a copy. */
    public static Map<String, String> of(Map<String, String> given, long seed) {
        Map<String, String> seeded = new HashMap<>(given);
        seeded.putIfAbsent(FactorSettings.SEED.name(), Long.toString(seed));
        return seeded;
    }
}
