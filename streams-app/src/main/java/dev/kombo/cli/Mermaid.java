package dev.kombo.cli;

import dev.kombo.query.TopologyView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws a topology as Mermaid flow charts: topics as stadiums, processors as boxes, stores as cylinders. Sources and
 * sinks become the arrows between topics and processors. The output is deterministic.
 */
final class Mermaid {
    private final List<String> shapes = new ArrayList<>();
    private final Set<String> arrows = new LinkedHashSet<>();
    private final Map<String, String> identifiers = new LinkedHashMap<>();

    private Mermaid() {}

    /** Returns a chart per sub-topology, by title; the global stores share one chart, the last. */
    static Map<String, String> charts(TopologyView topology) {
        Map<String, String> charts = new LinkedHashMap<>();
        topology.subtopologies()
                .forEach(part -> charts.put("Sub-topology " + part.id() + ": " + name(part.nodes()), chart(part)));
        if (!topology.globalStores().isEmpty()) {
            charts.put("Global stores", globalChart(topology.globalStores()));
        }
        return charts;
    }

    /** Returns the first word of the nodes' names, such as user in user-process-event. */
    private static String name(List<TopologyView.Node> nodes) {
        TreeSet<String> words = new TreeSet<>();
        nodes.forEach(node -> words.add(node.name().split("-", 2)[0]));
        return String.join(", ", words);
    }

    private static String chart(TopologyView.SubtopologyView part) {
        Mermaid chart = new Mermaid();
        Map<String, TopologyView.Node> byName =
                part.nodes().stream().collect(Collectors.toMap(TopologyView.Node::name, Function.identity()));
        part.nodes().stream().filter(node -> node.kind().equals("processor")).forEach(node -> chart.box(node.name()));
        for (TopologyView.Node node : part.nodes()) {
            node.stores().forEach(store -> chart.arrow(chart.id(node.name()), "---", chart.store(store)));
            for (String topic : node.kind().equals("source") ? node.topics() : List.of("")) {
                node.successors()
                        .forEach(next -> chart.arrow(
                                topic.isEmpty() ? chart.id(node.name()) : chart.topic(topic),
                                "-->",
                                chart.end(byName.get(next))));
            }
        }
        return chart.text();
    }

    private static String globalChart(List<TopologyView.Global> stores) {
        Mermaid chart = new Mermaid();
        List<TopologyView.Global> sorted = stores.stream()
                .sorted(Comparator.comparing(TopologyView.Global::processor))
                .toList();
        sorted.forEach(store -> chart.box(store.processor()));
        for (TopologyView.Global store : sorted) {
            chart.arrow(chart.id(store.processor()), "---", chart.store(store.store()));
            chart.arrow(chart.topic(store.topic()), "-->", chart.id(store.processor()));
        }
        return chart.text();
    }

    private void box(String processor) {
        shapes.add(id(processor) + "[\"" + processor + "\"]");
    }

    /** Returns the end of an arrow to a node: a sink stands for its topic. */
    private String end(TopologyView.Node node) {
        if (!node.kind().equals("sink")) {
            return id(node.name());
        }
        return topic(
                node.topics().isEmpty() ? "chosen by record" : node.topics().get(0));
    }

    private String topic(String name) {
        return add("topic " + name, "([\"" + name + "\"])");
    }

    private String store(String name) {
        return add("store " + name, "[(\"" + name + "\")]");
    }

    private String id(String node) {
        return identifiers.computeIfAbsent("node " + node, key -> "n" + identifiers.size());
    }

    private String add(String key, String shape) {
        String known = identifiers.get(key);
        if (known != null) {
            return known;
        }
        String id = "n" + identifiers.size();
        identifiers.put(key, id);
        shapes.add(id + shape);
        return id;
    }

    private void arrow(String from, String kind, String to) {
        arrows.add(from + " " + kind + " " + to);
    }

    private String text() {
        return Stream.concat(shapes.stream(), arrows.stream())
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining("", "flowchart LR\n", ""));
    }
}
