package dev.kombo.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * Draws a topology as Mermaid flow charts: topics as stadiums, processors as boxes, stores as cylinders. Sources and sinks
 * are the arrows between a topic and a processor. The same topology always gives the same text.
 */
final class Mermaid {
    private final List<String> shapes = new ArrayList<>();
    private final List<String> arrows = new ArrayList<>();
    private final Map<String, String> identifiers = new LinkedHashMap<>();

    private Mermaid() {}

    /** A chart for each sub-topology, by its title; the global stores share one chart, the last. */
    static Map<String, String> charts(TopologyDescription topology) {
        Map<String, String> charts = new LinkedHashMap<>();
        topology.subtopologies().stream()
                .sorted(Comparator.comparingInt(Subtopology::id))
                .forEach(part -> charts.put("Sub-topology " + part.id() + ": " + name(part.nodes()), chart(part)));
        if (!topology.globalStores().isEmpty()) {
            charts.put("Global stores", globalChart(topology.globalStores()));
        }
        return charts;
    }

    /** The word that the nodes' names begin with, as in user-process-event. */
    private static String name(Collection<Node> nodes) {
        TreeSet<String> words = new TreeSet<>();
        nodes.forEach(node -> words.add(node.name().split("-", 2)[0]));
        return String.join(", ", words);
    }

    private static String chart(Subtopology part) {
        Mermaid chart = new Mermaid();
        List<Node> nodes =
                part.nodes().stream().sorted(Comparator.comparing(Node::name)).toList();
        nodes.forEach(chart::shape);
        nodes.forEach(chart::connect);
        return chart.text();
    }

    private static String globalChart(Collection<GlobalStore> stores) {
        Mermaid chart = new Mermaid();
        List<GlobalStore> sorted = stores.stream()
                .sorted(Comparator.comparing(store -> store.processor().name()))
                .toList();
        sorted.forEach(store -> chart.shape(store.processor()));
        for (GlobalStore store : sorted) {
            chart.connect(store.processor());
            topics(store.source())
                    .forEach(topic -> chart.arrow(chart.topic(topic), "-->", chart.id(store.processor())));
        }
        return chart.text();
    }

    private void shape(Node node) {
        if (node instanceof Processor) {
            shapes.add(id(node) + "[\"" + node.name() + "\"]");
        }
    }

    private void connect(Node node) {
        if (node instanceof Source source) {
            for (String topic : topics(source)) {
                node.successors().stream()
                        .sorted(Comparator.comparing(Node::name))
                        .forEach(next -> arrow(topic(topic), "-->", end(next)));
            }
        } else if (node instanceof Processor processor) {
            new TreeSet<>(processor.stores()).forEach(store -> arrow(id(node), "---", store(store)));
            node.successors().stream()
                    .sorted(Comparator.comparing(Node::name))
                    .forEach(next -> arrow(id(node), "-->", end(next)));
        }
    }

    /** Where an arrow to a node ends: a sink stands for its topic. */
    private String end(Node node) {
        if (node instanceof Sink sink) {
            return topic(sink.topic() == null ? "chosen by record" : sink.topic());
        }
        return id(node);
    }

    private static Collection<String> topics(Source source) {
        return source.topicSet() == null ? List.of(source.topicPattern().pattern()) : new TreeSet<>(source.topicSet());
    }

    private String topic(String name) {
        return add("topic " + name, "([\"" + name + "\"])");
    }

    private String store(String name) {
        return add("store " + name, "[(\"" + name + "\")]");
    }

    private String id(Node node) {
        return identifiers.computeIfAbsent("node " + node.name(), key -> "n" + identifiers.size());
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
        String arrow = from + " " + kind + " " + to;
        if (!arrows.contains(arrow)) {
            arrows.add(arrow);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        shapes.forEach(shape -> text.append("  ").append(shape).append('\n'));
        arrows.forEach(arrow -> text.append("  ").append(arrow).append('\n'));
        return text.toString();
    }
}
