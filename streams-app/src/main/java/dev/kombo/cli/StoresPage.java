package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** The page of stores. */
final class StoresPage {
    private StoresPage() {}

    static String of(KomboConfig config, TopologyDescription topology) {
        String application = config.get(ServiceSettings.APPLICATION_ID);
        TreeMap<String, TreeSet<String>> users = new TreeMap<>();
        TreeMap<String, Integer> owners = new TreeMap<>();
        for (Subtopology part : topology.subtopologies()) {
            part.nodes().stream()
                    .filter(Processor.class::isInstance)
                    .map(Processor.class::cast)
                    .forEach(processor -> processor.stores().forEach(store -> {
                        owners.put(store, part.id());
                        users.computeIfAbsent(store, none -> new TreeSet<>()).add(MarkdownTable.code(processor.name()));
                    }));
        }
        MarkdownTable local = new MarkdownTable("Store", "Sub-topology", "Used by", "Changelog");
        users.forEach((store, processors) -> local.row(
                MarkdownTable.code(store),
                owners.get(store),
                String.join(", ", processors),
                MarkdownTable.code(application + "-" + store + "-changelog")));
        return "## Local\n\nEach partition is owned by one task, and restored from the changelog.\n\n" + local
                + "\n## Global\n\nWhole on every instance, and restored from the topic itself.\n\n" + globals(topology);
    }

    private static MarkdownTable globals(TopologyDescription topology) {
        TreeMap<String, Object[]> rows = new TreeMap<>();
        for (GlobalStore global : topology.globalStores()) {
            for (String store : global.processor().stores()) {
                rows.put(store, new Object[] {
                    MarkdownTable.code(store),
                    MarkdownTable.code(
                            String.join(", ", new TreeSet<>(global.source().topicSet()))),
                    MarkdownTable.code(global.processor().name())
                });
            }
        }
        MarkdownTable table = new MarkdownTable("Store", "Topic", "Kept by");
        rows.values().forEach(table::row);
        return table;
    }
}
