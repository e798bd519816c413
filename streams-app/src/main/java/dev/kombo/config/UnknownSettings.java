package dev.kombo.config;

import java.util.Collection;
import java.util.List;

/** Finds settings that nothing reads, and the nearest known name of each, so that a typing error is not ignored. */
final class UnknownSettings {
    private UnknownSettings() {}

    static List<String> problems(Collection<String> names) {
        return names.stream()
                .filter(name -> !Settings.BY_NAME.keySet().contains(name))
                .filter(name -> !name.startsWith(KomboConfig.STREAMS_PREFIX))
                .filter(name -> !name.startsWith(KomboConfig.AVRO_PREFIX))
                .sorted()
                .map(name -> name + ": unknown setting" + hint(name))
                .toList();
    }

    private static String hint(String name) {
        return NearestName.of(name, Settings.BY_NAME.keySet())
                .map(nearest -> "; the nearest known name is " + nearest)
                .orElse("");
    }
}
