package dev.kombo.research.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The application C3, with whose cost per event Kombo's cost is compared: it does the least that Kafka Streams does for
 * an application with state. Each event reads and writes 700 bytes of RocksDB under the event's key, with a changelog,
 * and sends 340 bytes, exactly once. Kombo's cost is reported as a multiple of it, which varies less between machines
 * than microseconds do.
 *
 * <p>This class is frozen: any change needs a new {@link #VERSION}, since ratios of different versions cannot be
 * compared. State and output are random, derived from the state before, so that they neither compress nor repeat.
 *
 * <p>One process runs both variants, one at a time, while the other is paused. Commands come on standard input:
 * {@code resume} and {@code pause} with the name of a variant, each answered by one line when it has taken effect.
 */
final class ReferenceApplication {
    static final int VERSION = 2;
    static final String READY = "ready";

    private static final int STATE_BYTES = 700;
    private static final int OUTPUT_BYTES = 340;
    private static final String STORE = "state";

    /** Configurations of the reference application. */
    enum Variant {
        /** Kafka Streams' defaults, except for exactly-once processing. */
        BASE,
        /** Kombo's settings of clients, cache and stores. */
        SAME;

        String id() {
            return "bench-c3-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private ReferenceApplication() {}

    /** Arguments: brokers, input topic, state folder, file with Kombo's settings of Kafka Streams. */
    public static void main(String[] arguments) throws Exception {
        Map<Variant, KafkaStreams> running = new EnumMap<>(Variant.class);
        for (Variant variant : Variant.values()) {
            KafkaStreams streams = new KafkaStreams(
                    topology(arguments[1], variant), settings(variant, arguments[0], arguments[2], arguments[3]));
            streams.start();
            running.put(variant, streams);
        }
        for (KafkaStreams streams : running.values()) {
            while (streams.state() != KafkaStreams.State.RUNNING) {
                Thread.sleep(20);
            }
            // Not sooner: a paused application does not finish its start.
            streams.pause();
        }
        System.out.println(READY);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            KafkaStreams streams = running.get(Variant.valueOf(words[1]));
            if (words[0].equals("resume")) {
                streams.resume();
            } else {
                streams.pause();
            }
            System.out.println(READY);
        }
        running.values().forEach(KafkaStreams::close);
    }

    private static Properties settings(Variant variant, String servers, String folder, String same) throws Exception {
        Properties settings = new Properties();
        if (variant == Variant.SAME) {
            try (Reader in = Files.newBufferedReader(Path.of(same))) {
                settings.load(in);
            }
        }
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, variant.id());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return settings;
    }

    private static Topology topology(String input, Variant variant) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "read",
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer(),
                input);
        topology.addProcessor("keep", Keeper::new, "read");
        StoreBuilder<KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]>> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
        topology.addStateStore(variant == Variant.SAME ? store.withCachingEnabled() : store, "keep");
        topology.addSink(
                "write",
                variant.id(),
                Serdes.ByteArray().serializer(),
                Serdes.ByteArray().serializer(),
                "keep");
        return topology;
    }

    /** Reads the state of the key, writes a new one and sends part of it. */
    private static final class Keeper implements Processor<byte[], byte[], byte[], byte[]> {
        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]> store;

        @Override
        public void init(ProcessorContext<byte[], byte[]> processorContext) {
            context = processorContext;
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            var key = org.apache.kafka.common.utils.Bytes.wrap(record.key());
            byte[] before = store.get(key);
            ByteBuffer state = ByteBuffer.allocate(STATE_BYTES);
            long drawn = before == null
                    ? key.hashCode() | 1L
                    : ByteBuffer.wrap(before).getLong();
            while (state.remaining() >= Long.BYTES) {
                // Marsaglia's xorshift.
                drawn ^= drawn << 13;
                drawn ^= drawn >>> 7;
                drawn ^= drawn << 17;
                state.putLong(drawn);
            }
            store.put(key, state.array());
            byte[] output = new byte[OUTPUT_BYTES];
            System.arraycopy(state.array(), 0, output, 0, OUTPUT_BYTES);
            context.forward(record.withValue(output));
        }
    }
}
