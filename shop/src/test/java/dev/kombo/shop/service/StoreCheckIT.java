package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that hold less than what was committed: the instance notices, and restores them before the first event. */
class StoreCheckIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int USERS = 40;
    private static final long START = 1_760_000_000_000L;
    private static final long PAUSE_MILLIS = 60_000;
    private static final int TRANSACTION_MILLIS = 5_000;

    @TempDir
    Path folder;

    private int sent;

    /** What happens to the profiles of each partition while the instance is stopped. */
    private enum Harm {
        /** The copy says itself how old it is. */
        OLDER_COPY(false) {
            @Override
            void befall(Path store, Path older) throws Exception {
                replace(store, older);
            }
        },
        OLDER_COPY_WITH_THE_NEWEST_OFFSET(true) {
            @Override
            void befall(Path store, Path older) throws Exception {
                List<StoreFiles.Entry> offsets = StoreFiles.offsets(store);
                replace(store, older);
                StoreFiles.putOffsets(store, offsets);
            }
        },
        EMPTY_WITH_THE_NEWEST_OFFSET(true) {
            @Override
            void befall(Path store, Path older) throws Exception {
                StoreFiles.deleteValues(store);
            }
        };

        private final boolean noticed;

        Harm(boolean noticed) {
            this.noticed = noticed;
        }

        abstract void befall(Path store, Path older) throws Exception;

        private static void replace(Path store, Path older) throws IOException {
            delete(store);
            copy(older, store);
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void shouldRestoreAStoreThatLostWhatWasCommitted(Harm harm) throws Exception {
        KomboConfig config = config(harm.name().toLowerCase(Locale.ROOT).replace('_', '-'), true);
        try (TestClients clients = new TestClients(config)) {
            clients.createTopics(config);
            Map<Path, Path> older = new TreeMap<>();
            run(config, clients, USERS);
            for (Path store : profiles()) {
                Path copy = folder.resolve("older-" + older.size());
                copy(store, copy);
                older.put(store, copy);
            }
            Map<String, Integer> expected = run(config, clients, 3 * USERS);
            assertThat(older).isNotEmpty();
            for (Map.Entry<Path, Path> store : older.entrySet()) {
                harm.befall(store.getKey(), store.getValue());
            }

            try (KomboService service = started(config)) {
                assertThat(events(service)).isEqualTo(expected);
                assertThat(service.engine().counters().get(KomboMetric.STORES_INCOMPLETE))
                        .as("stores noticed")
                        .isEqualTo(harm.noticed ? older.size() : 0);
            }
        }
    }

    /** As a store is left whose commit got no answer: it is empty, and has the offsets of records that were aborted. */
    @Test
    void shouldRestoreAnEmptyStoreThatHasTheOffsetOfAnOpenTransaction() throws Exception {
        KomboConfig config = config("open-transaction", true);
        try (TestClients clients = new TestClients(config);
                Producer<byte[], byte[]> producer = impatient(config)) {
            clients.createTopics(config);
            Map<String, Integer> expected = run(config, clients, 2 * USERS);
            List<Path> stores = profiles();
            assertThat(stores).isNotEmpty();
            producer.initTransactions();
            producer.beginTransaction();
            for (Path store : stores) {
                StoreFiles.deleteValues(store);
                TopicPartition changelog = changelog(config, store);
                RecordMetadata open = producer.send(new ProducerRecord<>(
                                changelog.topic(), changelog.partition(), new byte[1], new byte[1]))
                        .get();
                StoreFiles.putOffset(store, changelog, open.offset());
            }

            try (KomboService service = started(config)) {
                assertThat(events(service)).isEqualTo(expected);
                assertThat(service.engine().counters().get(KomboMetric.STORES_INCOMPLETE))
                        .as("stores noticed")
                        .isEqualTo(stores.size());
            }
            producer.close(Duration.ZERO);
        }
    }

    /** The broker ends its transactions. */
    private static Producer<byte[], byte[]> impatient(KomboConfig config) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        config.get(ServiceSettings.BOOTSTRAP_SERVERS),
                        "transactional.id",
                        "impatient",
                        "transaction.timeout.ms",
                        TRANSACTION_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The folder of a task is named by its sub-topology and partition. */
    private static TopicPartition changelog(KomboConfig config, Path store) {
        String task = store.getParent().getParent().getFileName().toString();
        return new TopicPartition(
                Topics.changelog(config, StoreNames.USER_PROFILE),
                Integer.parseInt(task.substring(task.indexOf('_') + 1)));
    }

    /** Neither a clean stop nor another way to keep stores may look like a loss. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBelieveStoresThatHoldWhatWasCommitted(boolean transactional) throws Exception {
        KomboConfig config = config("believed-" + transactional, transactional);
        try (TestClients clients = new TestClients(config)) {
            clients.createTopics(config);
            Map<String, Integer> expected = run(config, clients, 2 * USERS);
            try (KomboService service = started(config)) {
                assertThat(events(service)).isEqualTo(expected);
                assertThat(service.engine().counters().get(KomboMetric.STORES_INCOMPLETE))
                        .isZero();
            }
        }
    }

    private KomboConfig config(String name, boolean transactional) {
        return KomboConfig.of(TestCluster.shared()
                .settings(
                        name,
                        folder.resolve("state"),
                        ApiSettings.PORT.name(),
                        "0",
                        ServiceSettings.TRANSACTIONAL_STORES.name(),
                        Boolean.toString(transactional)));
    }

    /** Lets an instance process some events, and returns how many each shopper has then. */
    private Map<String, Integer> run(KomboConfig config, TestClients clients, int events) throws Exception {
        for (int i = 0; i < events; i++, sent++) {
            clients.send(BehaviorEvent.newBuilder()
                    .setEventId("event-" + sent)
                    .setUserId("user-" + sent % USERS)
                    .setType(EventType.VIEW)
                    .setItemId("item-" + sent % 7)
                    .setEventTime(START + sent * PAUSE_MILLIS)
                    .build());
        }
        clients.flush();
        try (KomboService service = started(config)) {
            clients.awaitDrained(config);
            return events(service);
        }
    }

    private static KomboService started(KomboConfig config) {
        KomboService service = new KomboService(config);
        try {
            service.start();
            service.awaitRunning(PATIENCE);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private static Map<String, Integer> events(KomboService service) {
        Map<String, Integer> events = new TreeMap<>();
        TestClients.shoppers(service).forEach((key, shopper) -> events.put(key, TestClients.events(shopper)));
        return events;
    }

    private List<Path> profiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            return files.filter(file -> file.endsWith(Path.of("rocksdb", StoreNames.USER_PROFILE)))
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
