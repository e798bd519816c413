package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ServiceWithApi;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Nonsense on every topic and at the API, drawn from a seed: nothing stops, and each record is accounted for. */
class FuzzIT {
    private static final int RECORDS = Integer.getInteger("kombo.fuzz.records", 50_000);
    private static final int REQUESTS = Integer.getInteger("kombo.fuzz.requests", 2_000);
    private static final int CUT_OFF = -1;
    private static final long SEED = Long.getLong("kombo.fuzz.seed", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(5 + RECORDS / 10_000);
    /** A hundred lines a minute for each topic that is read whole, each task, and each kind of failure. */
    private static final int LOG_LINES_A_MINUTE = 3_000;

    private static final long LOG_CHARACTERS_A_LINE = 1_000;

    private final Nonsense nonsense = new Nonsense(SEED);
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, Long> empty = new HashMap<>();
    private final Map<String, Long> undecodable = new TreeMap<>();
    private final AtomicLong unsent = new AtomicLong();

    @TempDir
    Path folder;

    /** A topic with the records that others send to it; null where only Kombo does, so that there is only garbage. */
    private record Entity(String topic, Class<? extends SpecificRecord> type, Deserializer<?> values) {
        boolean decodable(byte[] value) {
            if (type == null) {
                return false;
            }
            try {
                values.deserialize(topic, value);
                return true;
            } catch (SerializationException e) {
                return false;
            }
        }
    }

    private static final class LogLines extends AppenderBase<ILoggingEvent> {
        private final AtomicLong lines = new AtomicLong();
        private final AtomicLong characters = new AtomicLong();

        @Override
        protected void append(ILoggingEvent line) {
            lines.incrementAndGet();
            characters.addAndGet(line.getFormattedMessage().length());
        }
    }

    @Test
    void shouldAccountForEachRecordAndAnswerEachRequest() throws Exception {
        long start = System.nanoTime();
        long heapInUse;
        LogLines log = new LogLines();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"))) {
            KomboConfig config = KomboConfig.of(Map.of(
                    ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                    ServiceSettings.REGISTRY_URL.name(), registry.url().toString(),
                    ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString(),
                    ApiSettings.PORT.name(), "0",
                    ApiSettings.RATE.name(), "0"));
            try (TestClients clients = new TestClients(config)) {
                clients.createTopics(config);
                clients.publishCatalog(20);
                clients.flush();
                try (ServiceWithApi running =
                        ServiceWithApi.start(CommandContext.standard(Map.of(), Optional.empty()), config)) {
                    running.awaitRunning(PATIENCE);
                    URI api = URI.create(running.url());
                    sendRecords(config);
                    checkAccounts(clients, config, api);
                    sendRequests(api);
                    goesOn(clients, api);
                    heapInUse = heapInUse();
                }
            }
        } finally {
            root.detachAppender(log);
        }
        long minutes = 1 + Duration.ofNanos(System.nanoTime() - start).toMinutes();
        assertThat(log.lines.get()).as("log lines").isLessThan(LOG_LINES_A_MINUTE * minutes);
        assertThat(log.characters.get())
                .as("characters of the log")
                .isLessThan(LOG_LINES_A_MINUTE * LOG_CHARACTERS_A_LINE * minutes);
        System.out.printf(
                "Fuzz: seed %d, %,d records, %,d requests, %d s, %,d log lines, %,d MB of heap in use by all of it in"
                        + " the end%n",
                SEED,
                RECORDS,
                REQUESTS,
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                log.lines.get(),
                heapInUse >> 20);
    }

    /** Of the service, the broker, the registry and this test. */
    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void sendRecords(KomboConfig config) {
        Topics topics = Topics.of(config);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", config.get(ServiceSettings.BOOTSTRAP_SERVERS), "linger.ms", 5);
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings());
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Serializer<GenericRecord> drawn = serdes.generic().serializer();
            Entity events = entity(topics.name(Topic.BEHAVIOR_EVENT), BehaviorEvent.class, serdes);
            Entity[] others = Stream.concat(
                            Stream.of(
                                    entity(topics.name(Topic.ITEM_CATALOG), Item.class, serdes),
                                    entity(topics.name(Topic.BUNDLE_CATALOG), Bundle.class, serdes),
                                    entity(topics.name(Topic.STRATEGY), Strategy.class, serdes),
                                    entity(topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class, serdes),
                                    entity(topics.name(Topic.SUGGESTION_DECISION), SuggestionDecision.class, serdes)),
                            Stream.concat(ofKombo(topics), global(topics)).map(topic -> new Entity(topic, null, null)))
                    .toArray(Entity[]::new);
            for (int i = 0; i < RECORDS; i++) {
                Entity entity = nonsense.oneOf(4) ? nonsense.any(others) : events;
                byte[] value = entity.type() == null
                        ? nonsense.garbage()
                        : nonsense.record(
                                entity.topic(),
                                SpecificData.get().getSchema(entity.type()),
                                serdes.serializer(),
                                drawn,
                                i);
                send(entity, value, producer);
            }
        }
        assertThat(unsent).hasValue(0);
    }

    private static Entity entity(String topic, Class<? extends SpecificRecord> type, AvroSerdes serdes) {
        return new Entity(topic, type, serdes.value(type).deserializer());
    }

    private void send(Entity entity, byte[] value, Producer<byte[], byte[]> producer) {
        String topic = entity.topic();
        boolean compacted = entity.type() != BehaviorEvent.class && entity.type() != ErasureRequest.class;
        byte[] key = compacted || !nonsense.oneOf(100) ? nonsense.key() : null;
        // The callback tells of a failure.
        Future<?> unused = producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure != null) {
                unsent.incrementAndGet();
            }
        });
        sent.merge(topic, 1L, Long::sum);
        if (value == null) {
            empty.merge(topic, 1L, Long::sum);
        } else if (!entity.decodable(value)) {
            undecodable.merge(topic, 1L, Long::sum);
        }
    }

    /** Topics that every instance reads whole and only Kombo writes. */
    private static Stream<String> global(Topics topics) {
        return Stream.of(
                topics.name(Topic.ACTIVE_STRATEGY),
                topics.name(Topic.BUNDLE_SUGGESTION),
                topics.name(Topic.BUDGET_SPENDING),
                topics.name(Topic.PRICE_HISTORY),
                topics.name(Topic.ITEM_MODEL),
                topics.name(Topic.FACTOR_SWEEP),
                topics.name(Topic.RANKER_MODEL));
    }

    /** Other topics that Kombo writes for itself. */
    private static Stream<String> ofKombo(Topics topics) {
        return Stream.of(
                topics.name(Topic.BEHAVIOR_EVENT_REKEYED),
                topics.name(Topic.SESSION_MERGE),
                topics.name(Topic.ITEM_UPDATE),
                topics.name(Topic.TRAINING_EXAMPLE),
                topics.name(Topic.OFFER_OUTCOME),
                topics.name(Topic.SHARE_MOVE));
    }

    private void sendRequests(URI api) throws IOException {
        long before = sum(get(api, "/metrics"), "kombo_events_total");
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            answers.merge(status(api, nonsense.request(api.getPort(), i)), 1, Integer::sum);
        }
        assertThat(answers.getOrDefault(CUT_OFF, 0)).as("requests cut off").isLessThanOrEqualTo(1 + REQUESTS / 1_000);
        assertThat(answers)
                .as("answers by status")
                .doesNotContainKeys(0, 500, 503)
                .containsKeys(200, 202, 400, 404);
        long taken = sum(get(api, "/metrics"), "kombo_api_events_total");
        assertThat(taken).isPositive();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sum(get(api, "/metrics"), "kombo_events_total"))
                        .isEqualTo(before + taken));
        System.out.println("Fuzz: answers by status " + answers + ", events taken " + taken);
    }

    /**
     * Status of the answer; 0 where none came, {@link #CUT_OFF} where the server closed the connection before it had
     * read the request whole, which may take back the answer that it had sent (RFC 9112, 9.6).
     */
    private static int status(URI api, String request) throws IOException {
        try (Socket socket = new Socket(api.getHost(), api.getPort())) {
            socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            return status(socket, request);
        }
    }

    private static int status(Socket socket, String request) throws IOException {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] line = socket.getInputStream().readNBytes(12);
            return line.length < 12 ? 0 : Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
        } catch (SocketException e) {
            return CUT_OFF;
        }
    }

    private void checkAccounts(TestClients clients, KomboConfig config, URI api) throws IOException {
        Topics topics = clients.topics();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            String metrics = get(api, "/metrics");
            assertThat(sum(metrics, "kombo_events_total") + undecodable.get(topics.name(Topic.BEHAVIOR_EVENT)))
                    .as("events")
                    .isEqualTo(sent.get(topics.name(Topic.BEHAVIOR_EVENT)));
            assertThat(sum(metrics, "kombo_users_erased_total")
                            + sum(metrics, "kombo_erasures_rejected_total")
                            + undecodable.get(topics.name(Topic.ERASURE_REQUEST)))
                    .as("requests to erase")
                    .isEqualTo(sent.get(topics.name(Topic.ERASURE_REQUEST)));
            assertThat(sum(metrics, "kombo_strategies_rejected_total")
                            + undecodable.get(topics.name(Topic.STRATEGY))
                            + empty.get(topics.name(Topic.STRATEGY)))
                    .as("strategies, none of which makes sense")
                    .isEqualTo(sent.get(topics.name(Topic.STRATEGY)));
            Map<String, Long> dead = new TreeMap<>(undecodable);
            Map<String, Long> dropped = new TreeMap<>();
            Stream.concat(
                            global(topics),
                            Stream.of(
                                    topics.name(Topic.ITEM_CATALOG),
                                    topics.name(Topic.BUNDLE_CATALOG),
                                    topics.name(Topic.SUGGESTION_DECISION)))
                    .forEach(topic -> {
                        dead.remove(topic);
                        dropped.put(
                                topic, sum(metrics, "kombo_global_records_dropped_total", "\"undecodable\"", topic));
                    });
            assertThat(undecodable).as("left out").containsAllEntriesOf(dropped);
            assertThat(clients.deadLetters(config)).as("dead letters").isEqualTo(dead);
        });
        // An answer to an unknown offer is accepted, and rejected once nothing more can come of it.
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            String now = get(api, "/metrics");
            assertThat(clients.rejections(config))
                    .as("rejections that were told")
                    .isEqualTo(Map.of(
                            topics.name(Topic.BEHAVIOR_EVENT),
                            sum(now, "kombo_events_total", "\"rejected\"")
                                    + sum(now, "kombo_offer_feedback_unmatched_total"),
                            topics.name(Topic.ERASURE_REQUEST),
                            sum(now, "kombo_erasures_rejected_total"),
                            topics.name(Topic.STRATEGY),
                            sum(now, "kombo_strategies_rejected_total")));
        });
        String metrics = get(api, "/metrics");
        assertThat(sum(metrics, "kombo_global_records_dropped_total", "\"failed\""))
                .isZero();
        assertThat(sum(metrics, "kombo_maintenance_failed_total")).isZero();
        assertThat(sum(metrics, "kombo_stream_threads_failed_total")).isZero();
        assertThat(sum(metrics, "kombo_running")).isEqualTo(1);
        assertThat(sum(metrics, "kombo_entities_indexed")).isLessThan(30_000);
    }

    private static void goesOn(TestClients clients, URI api) throws Exception {
        long before = sum(get(api, "/metrics"), "kombo_events_total", "accepted");
        for (int i = 0; i < 100; i++) {
            clients.send(BehaviorEvent.newBuilder()
                    .setEventId("good-" + i)
                    .setUserId("good-" + i)
                    .setType(EventType.VIEW)
                    .setItemId("item-1")
                    .setEventTime(System.currentTimeMillis())
                    .build());
        }
        clients.flush();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> sum(get(api, "/metrics"), "kombo_events_total", "accepted") == before + 100);
    }

    private static String get(URI api, String path) throws IOException {
        try (InputStream in = api.resolve(path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Sum over the series of a metric whose labels hold all of the given. */
    private static long sum(String metrics, String name, String... labels) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
