package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The page of settings. */
final class SettingsPage {
    private SettingsPage() {}

    static String of(ConfigDef definition) {
        Map<String, MarkdownTable> areas = new TreeMap<>();
        new TreeMap<>(definition.configKeys()).values().forEach(key -> areas.computeIfAbsent(
                        area(key.name),
                        none -> new MarkdownTable("Setting", "Type", "Default", "Range", "What it does"))
                .row(
                        MarkdownTable.code(key.name),
                        key.type.toString().toLowerCase(Locale.ROOT),
                        MarkdownTable.code(defaultOf(key)),
                        MarkdownTable.code(rangeOf(key)),
                        key.documentation));
        StringBuilder page = new StringBuilder(
                "Strongest first: command line (`-D NAME=VALUE`), environment"
                        + " (`KOMBO_OFFER_SIZE` for `kombo.offer.size`), file (`--config FILE`), default. Whatever begins with `"
                        + KomboConfig.STREAMS_PREFIX + "` goes to Kafka Streams and its clients, and with `"
                        + KomboConfig.AVRO_PREFIX
                        + "` to the Avro serializers and the registry client, without the prefix. Any other name is refused.\n");
        areas.forEach((area, table) ->
                page.append("\n## ").append(area).append("\n\n").append(table));
        return page.toString();
    }

    private static String area(String name) {
        return String.join(".", List.of(name.split("\\.", -1)).subList(0, 2));
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault() || key.defaultValue == null) {
            return "";
        }
        return key.defaultValue instanceof List<?> list
                ? String.join(",", list.stream().map(Object::toString).toList())
                : key.defaultValue.toString();
    }

    private static String rangeOf(ConfigKey key) {
        String range = key.validator == null ? "" : key.validator.toString();
        return range.equals("non-empty string") ? "" : range;
    }
}
