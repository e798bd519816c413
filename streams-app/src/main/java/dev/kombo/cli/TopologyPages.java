package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.query.TopologyView;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the reference pages of the topology, its topics and its state stores. */
final class TopologyPages {
    private TopologyPages() {}

    static String charts(TopologyView topology) {
        StringBuilder page = new StringBuilder("Topics are rounded, processors are boxes, stores are cylinders.\n");
        Mermaid.charts(topology).forEach((title, chart) -> page.append("\n## ")
                .append(title)
                .append("\n\n```mermaid\n")
                .append(chart)
                .append("```\n"));
        return page.toString();
    }

    static String topics(Topics topics) {
        MarkdownTable table =
                new MarkdownTable("Topic", "Key", "Value", "Partitions", "Clean-up", "Retention", "What it is for");
        for (Topics.Spec spec : topics.all()) {
            table.row(
                    MarkdownTable.code(spec.name()),
                    spec.keys(),
                    spec.record(),
                    spec.partitions(),
                    spec.settings().get("cleanup.policy"),
                    StrimziTopics.retention(spec),
                    spec.doc());
        }
        return "With the default settings; `" + ServiceSettings.TOPIC_PREFIX.name()
                + "` is the prefix of each name, and `"
                + ServiceSettings.TOPIC_PARTITIONS.name()
                + "` is the number of partitions of topics keyed by shopper or item. `kombo topics create`"
                + " creates them, `kombo topics check` compares them with the broker's.\n\n" + table;
    }

    static String stores(KomboConfig config, TopologyView topology) {
        String application = config.get(ServiceSettings.APPLICATION_ID);
        TreeMap<String, TreeSet<String>> users = new TreeMap<>();
        TreeMap<String, Integer> owners = new TreeMap<>();
        for (TopologyView.Part part : topology.subtopologies()) {
            part.nodes().forEach(node -> node.stores().forEach(store -> {
                owners.put(store, part.id());
                users.computeIfAbsent(store, none -> new TreeSet<>()).add(MarkdownTable.code(node.name()));
            }));
        }
        MarkdownTable local = new MarkdownTable("Store", "Sub-topology", "Used by", "Changelog");
        users.forEach((store, processors) -> local.row(
                MarkdownTable.code(store),
                owners.get(store),
                String.join(", ", processors),
                MarkdownTable.code(application + "-" + store + "-changelog")));
        MarkdownTable global = new MarkdownTable("Store", "Topic", "Kept by");
        topology.globalStores()
                .forEach(store -> global.row(
                        MarkdownTable.code(store.store()),
                        MarkdownTable.code(store.topic()),
                        MarkdownTable.code(store.processor())));
        return "## Local\n\nEach partition is owned by one task, and restored from the changelog.\n\n" + local
                + "\n## Global\n\nComplete on every instance, and restored from the topic itself.\n\n" + global;
    }
}
