package dev.kombo.cli;

import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;

/** The page of topics. */
final class TopicsPage {
    private TopicsPage() {}

    static String of(Topics topics) {
        MarkdownTable table =
                new MarkdownTable("Topic", "Key", "Value", "Partitions", "Clean-up", "Retention", "What it is for");
        for (Topics.Spec spec : topics.all()) {
            String retention = spec.settings().get("retention.ms");
            table.row(
                    MarkdownTable.code(spec.name()),
                    spec.keys(),
                    spec.record(),
                    spec.partitions(),
                    spec.settings().get("cleanup.policy"),
                    retention == null ? "" : Retention.text(retention),
                    spec.doc());
        }
        return "With the default settings; `" + ServiceSettings.TOPIC_PREFIX.name() + "` is put before each name, and `"
                + ServiceSettings.TOPIC_PARTITIONS.name()
                + "` is the number of partitions of the topics that are spread by shopper or item. `kombo topics create`"
                + " creates them, `kombo topics check` compares.\n\n" + table;
    }
}
