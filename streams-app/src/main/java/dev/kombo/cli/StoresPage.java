package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.query.TopologyView;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the reference page of state stores. */
final class StoresPage {
    private StoresPage() {}

    static String of(KomboConfig config, TopologyView topology) {
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
