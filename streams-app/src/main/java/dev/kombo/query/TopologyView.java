package dev.kombo.query;

import dev.kombo.query.http.Described;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** What an instance runs, as JSON; deterministic for a topology. */
public record TopologyView(List<SubtopologyView> subtopologies, List<Global> globalStores) {
    /** A sub-topology. */
    public record SubtopologyView(int id, List<Node> nodes) {}

    /** A node. */
    public record Node(
            String name,
            @Described("source, processor or sink") String kind,

            @Described("read by a source, written by a sink")
            List<String> topics,

            @Described("of a processor") List<String> stores,
            @Described("nodes that it sends to") List<String> successors) {}

    /** A global store, which every instance holds completely. */
    public record Global(String store, String topic, String processor) {}

    public static TopologyView of(TopologyDescription topology) {
        return new TopologyView(
                topology.subtopologies().stream()
                        .sorted(Comparator.comparingInt(Subtopology::id))
                        .map(TopologyView::part)
                        .toList(),
                topology.globalStores().stream()
                        .map(TopologyView::global)
                        .sorted(Comparator.comparing(Global::store))
                        .toList());
    }

    private static SubtopologyView part(Subtopology subtopology) {
        return new SubtopologyView(
                subtopology.id(),
                subtopology.nodes().stream()
                        .sorted(Comparator.comparing(TopologyDescription.Node::name))
                        .map(TopologyView::node)
                        .toList());
    }

    private static Node node(TopologyDescription.Node node) {
        List<String> successors = node.successors().stream()
                .map(TopologyDescription.Node::name)
                .sorted()
                .toList();
        if (node instanceof Source source) {
            return new Node(node.name(), "source", topics(source), List.of(), successors);
        }
        if (node instanceof Sink sink) {
            List<String> topics = sink.topic() == null ? List.of() : List.of(sink.topic());
            return new Node(node.name(), "sink", topics, List.of(), successors);
        }
        return new Node(node.name(), "processor", List.of(), sorted(((Processor) node).stores()), successors);
    }

    private static Global global(GlobalStore store) {
        return new Global(
                String.join(", ", sorted(store.processor().stores())),
                String.join(", ", topics(store.source())),
                store.processor().name());
    }

    private static List<String> topics(Source source) {
        Set<String> topics = source.topicSet();
        return topics == null ? List.of(source.topicPattern().pattern()) : sorted(topics);
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }
}
