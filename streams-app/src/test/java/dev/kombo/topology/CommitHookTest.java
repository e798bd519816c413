package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.topology.task.CommitHook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hook needs of Kafka Streams (4.4.0), whose internals it uses: fails where an upgrade changes it. */
class CommitHookTest {
    @TempDir
    Path state;

    /** Stores and forwards before the commit what it was given since. */
    private static final class Late implements Processor<String, String, String, String> {
        private ProcessorContext<String, String> context;
        private KeyValueStore<String, String> store;
        private String given = "";

        @Override
        public void init(ProcessorContext<String, String> initial) {
            context = initial;
            store = context.getStateStore("store");
            CommitHook hook = context.getStateStore("hook");
            hook.call(this::beforeCommit);
            context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, time -> given += "t");
        }

        @Override
        public void process(Record<String, String> record) {
            given += record.value();
        }

        private void beforeCommit() {
            if (!given.isEmpty()) {
                store.put("key", given);
                context.forward(new Record<>("key", given, 5), "sink");
                given = "";
            }
        }
    }

    @Test
    void shouldPutAndForwardBeforeACommitAfterARecordAndAfterWorkByTheClock() {
        Topology topology = new Topology();
        topology.addSource("source", new StringDeserializer(), new StringDeserializer(), "in");
        topology.addProcessor("late", Late::new, "source");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("store"), Serdes.String(), Serdes.String()),
                "late");
        topology.addStateStore(CommitHook.builder("hook"), "late");
        topology.addSink("sink", "out", new StringSerializer(), new StringSerializer(), "late");
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "hook");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings, Instant.EPOCH)) {
            TestInputTopic<String, String> in =
                    driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
            TestOutputTopic<String, String> out =
                    driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer());
            in.pipeInput("any", "a");
            assertThat(out.readValuesToList()).isEqualTo(List.of("a"));
            assertThat(driver.getKeyValueStore("store").get("key")).isEqualTo("a");
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            assertThat(out.readValuesToList()).isEqualTo(List.of("t"));
            assertThat(driver.producedTopicNames())
                    .contains("hook-store-changelog")
                    .noneMatch(name -> name.contains("hook-hook"));
        }
    }
}
