package dev.kombo.lab.quality.tuning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings that are tried.
 *
 * @param name short name, such as {@code 2.13}: the 13th of the second bracket; or {@code defaults}
 * @param settings what differs from the defaults
 */
public record Configuration(String name, Map<String, String> settings) {
    /** Nothing differs from the defaults. */
    public static final Configuration DEFAULTS = new Configuration("defaults", Map.of());

    /** Copies the map. */
    public Configuration {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The options that give a command these settings; empty for the defaults. */
    public String options() {
        return settings.entrySet().stream()
                .map(setting -> "--set " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }
}
