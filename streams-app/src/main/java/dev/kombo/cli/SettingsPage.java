package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.settings.Setting;
import dev.kombo.settings.Setting.Importance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes the reference page of settings: the important ones first, then the others by area. */
final class SettingsPage {
    private SettingsPage() {}

    static String of(Collection<Setting<?>> settings) {
        MarkdownTable high = table();
        Map<String, MarkdownTable> areas = new TreeMap<>();
        settings.stream().sorted(Comparator.comparing(Setting::name)).forEach(setting -> (setting.importance()
                                == Importance.HIGH
                        ? high
                        : areas.computeIfAbsent(area(setting.name()), area -> table()))
                .row(
                        MarkdownTable.code(setting.name()),
                        lower(setting.kind()),
                        MarkdownTable.code(setting.standard()),
                        setting.allowed(),
                        lower(setting.importance()),
                        setting.doc()));
        StringBuilder page = new StringBuilder("In order of precedence: command line (`-D NAME=VALUE`), environment"
                + " (`KOMBO_OFFER_SIZE` for `kombo.offer.size`), file (`--config FILE`), default. Names that begin with `"
                + KomboConfig.STREAMS_PREFIX + "` are passed to Kafka Streams and its clients, and those with `"
                + KomboConfig.AVRO_PREFIX
                + "` to the Avro serializers and the registry client, without the prefix. Any other name is rejected.\n"
                + "\n## Read first\n\nEvery installation should review these.\n\n");
        page.append(high);
        areas.forEach((area, table) ->
                page.append("\n## ").append(area).append("\n\n").append(table));
        return page.toString();
    }

    private static MarkdownTable table() {
        return new MarkdownTable("Setting", "Type", "Default", "Range", "Importance", "What it does");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String area(String name) {
        return String.join(".", List.of(name.split("\\.", -1)).subList(0, 2));
    }
}
