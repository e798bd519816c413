package dev.kombo.cli;

import dev.kombo.instance.CommandContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import picocli.CommandLine;

/** The command line with what it printed. */
final class Console {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Map<String, String> environment = new HashMap<>();
    final FakeService service = new FakeService();

    int run(String... arguments) {
        CommandContext wiring =
                new CommandContext(environment, config -> service, config -> topology(), Optional.empty());
        CommandLine line = KomboCommandLine.create(wiring, List.of());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    String errors() {
        return err.toString();
    }

    String output() {
        return out.toString();
    }

    /** A small topology with a local and a global store. */
    static Topology topology() {
        Topology topology = new Topology();
        topology.addSource("count-read-word", "word", "late-word");
        topology.addProcessor("count-add-word", Pass::new, "count-read-word");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("word-count"), Serdes.String(), Serdes.Long()),
                "count-add-word");
        topology.addProcessor("count-choose-top", Pass::new, "count-add-word");
        topology.addSink("count-write-total", "total", "count-add-word", "count-choose-top");
        topology.addSource("show-read-total", "total");
        topology.addSink("show-write-page", "page", "show-read-total");
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("stop-word"), Serdes.String(), Serdes.String())
                        .withLoggingDisabled(),
                "global-read-stop-word",
                Serdes.String().deserializer(),
                Serdes.String().deserializer(),
                "stop-word",
                "global-index-stop-word",
                Ignore::new);
        return topology;
    }

    private static final class Pass extends ContextualProcessor<Object, Object, Object, Object> {
        @Override
        public void process(Record<Object, Object> record) {
            context().forward(record);
        }
    }

    private static final class Ignore extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {}
    }
}
