package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.PrivacySettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.KafkaClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Where an erased user is, and until when: the table of operations.md, by a search of all topics and stores. */
@Tag("slow")
class ErasureIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String USER = "erased-user-7f3a9c51";
    private static final String SESSION = "erased-session-b81e02d4";
    private static final List<String> ERASED = List.of(USER, SESSION);
    private static final Path PAGE = Path.of("..", "topology-docs", "operations.md");
    private static final Pattern KEPT = Pattern.compile("(\\d+) days");
    private static final Pattern TOPIC = Pattern.compile("`([a-z-]+)`");
    private static final long DAY_MILLIS = 86_400_000;

    @TempDir
    Path folder;

    private int sent;

    @Test
    void shouldHoldAnErasedUserOnlyWhereThePageSaysSo() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(
                folder.resolve("broker"),
                Map.of("log.cleaner.backoff.ms", "200", "log.segment.delete.delay.ms", "100"))) {
            KomboConfig config = KomboConfig.of(Map.of(
                    ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                    ServiceSettings.REGISTRY_URL.name(), "mock://erasure",
                    ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString(),
                    ServiceSettings.TOPIC_PARTITIONS.name(), "2",
                    OfferSettings.CURRENT.name(), "true",
                    PrivacySettings.KEY.name(), "a key that nobody could ever guess"));
            try (TestClients clients = new TestClients(config);
                    KafkaClients topicClients = new KafkaClients(config)) {
                clients.createTopics(config);
                prepare(clients);
                try (KomboService service = started(config)) {
                    await().atMost(PATIENCE)
                            .until(() ->
                                    service.engine().models().strategy().plan().version() == 1);
                    live(clients, config);
                    clients.awaitDrained(config);
                }
                assertThat(storesThatHold()).as("the search sees what is there").isNotEmpty();
                Set<String> before = topicsThatHold(topicClients);
                try (KomboService service = started(config)) {
                    clients.send(
                            clients.topics().name(Topic.ERASURE_REQUEST),
                            USER,
                            new ErasureRequest(USER, System.currentTimeMillis(), null));
                    clients.flush();
                    // The user, and the session in its partition.
                    await().atMost(PATIENCE)
                            .until(() -> service.engine().counters().get(KomboMetric.USERS_ERASED) == 1);
                    await().atMost(PATIENCE)
                            .until(() -> TestClients.shopper(service, "u:" + USER) == null
                                    && TestClients.shopper(service, "s:" + SESSION) == null);
                    compactAtOnce(topicClients);
                    Map<String, Long> kept = keptByAge(before);
                    await().atMost(PATIENCE).untilAsserted(() -> {
                        // A segment is compacted once another one follows it.
                        others(clients);
                        assertThat(topicsThatHold(topicClients)).isEqualTo(new TreeSet<>(kept.keySet()));
                    });
                    assertThat(retention(topicClients, kept.keySet())).isEqualTo(kept);
                }
                compactStores();
                // A store that is opened writes its list of files anew, which has the first and last key of each.
                compactStores();
                assertThat(storesThatHold()).isEmpty();
            }
        }
    }

    private static KomboService started(KomboConfig config) {
        KomboService service = new KomboService(config);
        service.start();
        service.awaitRunning(PATIENCE);
        return service;
    }

    private static void prepare(TestClients clients) throws Exception {
        clients.publishCatalog(8);
        clients.send(
                clients.topics().name(Topic.STRATEGY),
                "default",
                Strategy.newBuilder()
                        .setVersion(1)
                        .setSalt("erasure")
                        .setArms(List.of(StrategyArm.newBuilder()
                                .setName("offers")
                                .setKind(ArmKind.TREATMENT)
                                .setShare(1)
                                .build()))
                        .build());
        clients.flush();
    }

    /** The user comes as a visitor, logs in, buys, sends what is rejected, and what nobody can read. */
    private void live(TestClients clients, KomboConfig config) throws Exception {
        clients.send(event(null, SESSION, EventType.VIEW).build());
        clients.send(event(USER, SESSION, EventType.VIEW).build());
        clients.send(event(USER, null, EventType.ADD_TO_CART).build());
        clients.send(bought(USER, "GBP").build());
        clients.send(bought(USER, "XXY").build());
        // By another key it is in another partition, and sent to its own.
        for (int i = 0; i < 8; i++) {
            clients.send(
                    clients.topics().name(Topic.BEHAVIOR_EVENT),
                    "key-" + i,
                    event(USER, null, EventType.VIEW).build());
        }
        clients.send(event(null, SESSION, EventType.VIEW).build());
        others(clients);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", config.get(ServiceSettings.BOOTSTRAP_SERVERS)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] id = USER.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(clients.topics().name(Topic.BEHAVIOR_EVENT), id, id))
                    .get();
        }
    }

    /** What others do, in all partitions of all changelogs. */
    private void others(TestClients clients) throws Exception {
        for (int i = 0; i < 8; i++) {
            String user = "other-" + i;
            // Each time in a new session, so that the logins of others are remembered as well.
            clients.send(event(user, "visit-" + sent, EventType.VIEW).build());
            clients.send(bought(user, "GBP").build());
        }
        clients.flush();
    }

    private BehaviorEvent.Builder event(String user, String session, EventType type) {
        return BehaviorEvent.newBuilder()
                .setEventId("event-" + sent++)
                .setUserId(user)
                .setSessionId(session)
                .setType(type)
                .setItemId("item-" + sent % 8)
                .setEventTime(System.currentTimeMillis());
    }

    private BehaviorEvent.Builder bought(String user, String currency) {
        return event(user, null, EventType.PURCHASE)
                .setOrderId("order-" + sent)
                .setQuantity(1)
                .setUnitPriceMinor(100L)
                .setCurrency(currency);
    }

    /** All topics of the broker, those of its own included, that hold the user or the session in any record. */
    private static Set<String> topicsThatHold(KafkaClients topicClients) throws Exception {
        Set<String> found = new TreeSet<>();
        Set<String> all = topicClients
                .admin()
                .listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        try (Consumer<byte[], byte[]> consumer = topicClients.bytes(IsolationLevel.READ_UNCOMMITTED)) {
            TopicReader.readAll(consumer, all, PATIENCE, record -> {
                if (holds(record.key())) {
                    found.add(record.topic()
                            + (record.topic().equals(topicClients.topics().name(Topic.DEAD_LETTER)) ? " key" : ""));
                }
                if (holds(record.value())) {
                    found.add(record.topic());
                }
                record.headers().forEach(header -> {
                    if (holds(header.value())) {
                        found.add(record.topic() + " header");
                    }
                });
            });
        }
        return found;
    }

    private static boolean holds(byte[] bytes) {
        // One character for each byte.
        String text = bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
        return ERASED.stream().anyMatch(text::contains);
    }

    /**
     * Topics that hold it until they age, by the page, with the time for which they are kept.
     *
     * @param before those that held it before the erasure: the page names each
     */
    private static Map<String, Long> keptByAge(Set<String> before) throws IOException {
        Map<String, Long> kept = new TreeMap<>();
        Set<String> named = new TreeSet<>();
        boolean table = false;
        for (String line : Files.readAllLines(PAGE)) {
            table = line.startsWith("#") ? line.endsWith("Who is where, and until when") : table;
            String[] cells = line.split("\\|", -1);
            if (table && cells.length == 5) {
                Matcher days = KEPT.matcher(cells[3]);
                boolean byAge = days.find() && (cells[2].contains("yes") || cells[2].contains("as it came"));
                TOPIC.matcher(cells[1]).results().map(topic -> topic.group(1)).forEach(topic -> {
                    named.add(topic);
                    if (byAge && !cells[2].contains("with `kombo.privacy.key`")) {
                        kept.put(topic, Long.parseLong(days.group(1)) * DAY_MILLIS);
                    }
                });
            }
        }
        assertThat(named).containsAll(before);
        assertThat(before)
                .containsAll(kept.keySet().stream()
                        .filter(topic -> !topic.equals("erasure-request"))
                        .toList());
        return kept;
    }

    private static Map<String, Long> retention(KafkaClients topicClients, Set<String> topics) throws Exception {
        Map<String, Long> kept = new TreeMap<>();
        topicClients
                .admin()
                .describeConfigs(topics.stream().map(ErasureIT::resource).toList())
                .all()
                .get()
                .forEach((topic, settings) -> kept.put(
                        topic.name(), Long.valueOf(settings.get("retention.ms").value())));
        return kept;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** What else is a matter of days. */
    private static void compactAtOnce(KafkaClients topicClients) throws Exception {
        Admin admin = topicClients.admin();
        Map<ConfigResource, Collection<AlterConfigOp>> settings = new HashMap<>();
        List<ConfigResource> topics = admin.listTopics().names().get().stream()
                .map(ErasureIT::resource)
                .toList();
        admin.describeConfigs(topics).all().get().forEach((topic, current) -> {
            if (current.get("cleanup.policy").value().contains("compact")) {
                settings.put(
                        topic,
                        Stream.of("segment.ms", "max.compaction.lag.ms", "delete.retention.ms")
                                .map(name -> new AlterConfigOp(new ConfigEntry(name, "1000"), AlterConfigOp.OpType.SET))
                                .toList());
            }
        });
        admin.incrementalAlterConfigs(settings).all().get();
    }

    /** What RocksDB does by itself when a level of files is full. */
    private void compactStores() throws IOException, RocksDBException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path current : files.filter(file -> file.endsWith("CURRENT")).toList()) {
                String store = current.getParent().toString();
                List<ColumnFamilyDescriptor> families = new ArrayList<>();
                try (Options options = new Options()) {
                    for (byte[] name : RocksDB.listColumnFamilies(options, store)) {
                        families.add(new ColumnFamilyDescriptor(name));
                    }
                }
                List<ColumnFamilyHandle> handles = new ArrayList<>();
                try (DBOptions options = new DBOptions();
                        RocksDB open = RocksDB.open(options, store, families, handles)) {
                    for (ColumnFamilyHandle handle : handles) {
                        open.compactRange(handle);
                        handle.close();
                    }
                }
            }
        }
    }

    private Set<Path> storesThatHold() throws IOException {
        Set<Path> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (holds(Files.readAllBytes(file))) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
