package dev.kombo.shop.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventType;
import dev.kombo.query.shopper.LocalProfiles;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.service.KomboService;
import dev.kombo.service.StreamsClients;
import dev.kombo.shop.faults.proxy.ProxiedBroker;
import dev.kombo.shop.faults.proxy.Rule;
import dev.kombo.shop.kafka.ConsumerGroupDrain;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import dev.kombo.shop.kafka.KafkaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that breaks down amid a commit, for longer than Kafka Streams waits for the answer. */
class CommitUnansweredIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int USERS = 40;
    private static final int VIEWS = 5;
    private static final long START = 1_760_000_000_000L;
    private static final long PAUSE_MILLIS = 60_000;
    private static final int MAX_BLOCK_MILLIS = 1_500;
    /** Enough for two attempts to commit, and for all stores to be closed and opened on a busy machine. */
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(25);
    /** So that the thread that replaces the one that ended meets the silence as well. */
    private static final Duration AFTERWARDS = Duration.ofMillis(3L * MAX_BLOCK_MILLIS);

    @TempDir
    Path folder;

    private ProxiedBroker kafka;
    private EmbeddedSchemaRegistry registry;

    @BeforeEach
    void open() throws Exception {
        kafka = new ProxiedBroker(folder.resolve("broker"));
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
    }

    @AfterEach
    void close() throws Exception {
        kafka.proxy().mend();
        registry.close();
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepAllProfilesWhenACommitGetsNoAnswerTwice(boolean transactional) throws Exception {
        KomboConfig patient = KomboConfig.of(settings());
        KomboConfig config = KomboConfig.of(impatient(transactional));
        try (TopicAdmin topics = new TopicAdmin(patient);
                KafkaClients clients = new KafkaClients(patient);
                Producer<String, SpecificRecord> producer = clients.producer(Map.of());
                KomboService service = new KomboService(config)) {
            topics.createMissing(Topics.of(config).all());
            for (int view = 0; view < VIEWS; view++) {
                awaitSent(send(producer, clients, view));
            }
            service.start();
            service.awaitRunning(PATIENCE);
            drain(clients);
            assertThat(views(service))
                    .hasSize(USERS)
                    .allSatisfy((user, views) -> assertThat(views).isEqualTo(VIEWS));

            Rule cut = Rule.on(ApiKeys.END_TXN)
                    .times(1)
                    .after("the network was cut", () -> kafka.proxy().cut(false));
            kafka.rules().add(List.of(cut));
            List<Future<RecordMetadata>> amid = send(producer, clients, VIEWS);
            Awaitility.await().atMost(PATIENCE).until(() -> cut.fired() > 0);
            staySilent(service);
            kafka.rules().end();
            kafka.proxy().mend();
            awaitSent(amid);
            awaitSent(send(producer, clients, VIEWS + 1));
            drain(clients);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(views(service))
                            .hasSize(USERS)
                            .allSatisfy((user, views) -> assertThat(views).isEqualTo(VIEWS + 2)));
            assertThat(service.engine().counters().get(KomboMetric.THREADS_FAILED))
                    .as("threads that ended")
                    .isPositive();
        }
    }

    /** Until the thread has ended, and some time more; if no thread ends, for as long as it takes to lose a store. */
    private static void staySilent(KomboService service) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_OUTAGE.toNanos();
        while (service.engine().counters().get(KomboMetric.THREADS_FAILED) == 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.MILLISECONDS.sleep(AFTERWARDS.toMillis());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        settings.put(ServiceSettings.REGISTRY_URL.name(), registry.url().toString());
        settings.put(ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString());
        settings.put(ApiSettings.PORT.name(), "0");
        return settings;
    }

    /** So that seconds do what minutes do by default. */
    private Map<String, String> impatient(boolean transactional) {
        Map<String, String> settings = settings();
        settings.put(ServiceSettings.TRANSACTIONAL_STORES.name(), Boolean.toString(transactional));
        settings.put("kombo.streams.producer.max.block.ms", Integer.toString(MAX_BLOCK_MILLIS));
        settings.put("kombo.streams.admin.default.api.timeout.ms", Integer.toString(MAX_BLOCK_MILLIS));
        settings.put("kombo.streams.admin.request.timeout.ms", Integer.toString(MAX_BLOCK_MILLIS));
        return settings;
    }

    /** Each user looks at one item. */
    private static List<Future<RecordMetadata>> send(
            Producer<String, SpecificRecord> producer, KafkaClients clients, int view) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            sent.add(producer.send(new ProducerRecord<>(
                    clients.topics().name(Topic.BEHAVIOR_EVENT),
                    "user-" + user,
                    BehaviorEvent.newBuilder()
                            .setEventId("view-" + view + "-" + user)
                            .setUserId("user-" + user)
                            .setType(dev.kombo.schema.EventType.VIEW)
                            .setItemId("item-" + user)
                            .setEventTime(START + view * PAUSE_MILLIS)
                            .build())));
        }
        return sent;
    }

    private static void awaitSent(List<Future<RecordMetadata>> sent) throws Exception {
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    private static void drain(KafkaClients clients) throws InterruptedException {
        new ConsumerGroupDrain(
                        clients::committedOffsets,
                        () -> clients.bytes(IsolationLevel.READ_COMMITTED),
                        Set.of(clients.topics().name(Topic.BEHAVIOR_EVENT)),
                        PATIENCE)
                .drained(() -> null);
    }

    private static Map<String, Integer> views(KomboService service) {
        Map<String, Integer> views = new TreeMap<>();
        for (int user = 0; user < USERS; user++) {
            var shopper = new LocalProfiles(service.streams(), service.engine()).find("u:user-" + user);
            views.put(
                    "user-" + user,
                    shopper.value() == null ? 0 : shopper.value().behavior().count(EventType.VIEW));
        }
        return views;
    }

    @Test
    void shouldReportACommitWithoutAnAnswerAsAFailureOfTheThread() throws Exception {
        kafka.createTopic("topic");
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                "id",
                "max.block.ms",
                MAX_BLOCK_MILLIS));
        Producer<byte[], byte[]> producer = new StreamsClients().getProducer(settings);
        // The coordinator may need longer for its first answer.
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(TimeoutException.class)
                .until(() -> {
                    producer.initTransactions();
                    return true;
                });
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("topic", new byte[1])).get();
        Rule swallow = Rule.on(ApiKeys.END_TXN).times(1).swallow();
        kafka.rules().add(List.of(swallow));

        assertThatThrownBy(producer::commitTransaction)
                .isInstanceOf(KafkaException.class)
                .isNotInstanceOf(TimeoutException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(producer::abortTransaction).isInstanceOf(TimeoutException.class);
        kafka.proxy().cut(false);
        long start = System.nanoTime();
        producer.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        kafka.rules().requireFired();
    }
}
