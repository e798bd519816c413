package dev.kombo.config;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Format;
import dev.kombo.settings.Setting;
import java.util.List;

/** Settings of an installation: brokers, registry, topics, folders and resources. */
public final class ServiceSettings {
    public static final Setting<String> BOOTSTRAP_SERVERS = Setting.ofString(
                    "kombo.bootstrap.servers", "127.0.0.1:9092", Format.notBlank())
            .high("Brokers to connect to, host:port, separated by commas.");
    public static final Setting<String> APPLICATION_ID = Setting.ofString(
                    "kombo.application.id", "kombo", Format.notBlank())
            .high("Name of the application: its consumer group, and the prefix of its changelogs.");
    public static final Setting<String> STATE_DIR = Setting.ofString(
                    "kombo.state.dir", ".kombo/state", Format.notBlank())
            .high("Folder of the RocksDB stores; it must survive restarts.");
    public static final Setting<String> TOPIC_PREFIX =
            Setting.ofString("kombo.topic.prefix", "", Format.text()).high("Prefix of all topic names.");
    public static final Setting<Integer> TOPIC_PARTITIONS = Setting.ofInt(
                    "kombo.topic.partitions", 4, between(1, 10_000))
            .high("Partitions of the topics that are keyed by shopper or item. Cannot be changed later"
                    + " without moving all state.");
    public static final Setting<Integer> TOPIC_REPLICATION = Setting.ofInt(
                    "kombo.topic.replication.factor", -1, between(-1, 100))
            .high("Replicas of each topic; -1: the broker's default. With three or more, two replicas must have a"
                    + " record before it counts as written; kombo.streams.topic.min.insync.replicas sets another"
                    + " number.");
    public static final Setting<String> PROCESSING_GUARANTEE = Setting.ofString(
                    "kombo.processing.guarantee",
                    "exactly_once_v2",
                    Format.oneOf(List.of("exactly_once_v2", "at_least_once")))
            .medium("Processing guarantee of Kafka Streams; with at_least_once an event may be counted twice"
                    + " after a crash.");
    public static final Setting<Long> COMMIT_INTERVAL = Setting.ofLong(
                    "kombo.commit.interval.ms", 100, between(1L, 60_000L))
            .medium("Longest time between two commits, in milliseconds. Readers of committed records wait for the "
                    + "commit, which comes earlier where few events arrive.");
    public static final Setting<Integer> STREAM_THREADS =
            Setting.ofInt("kombo.stream.threads", 1, between(1, 256)).high("Stream threads of this instance.");
    public static final Setting<String> INSTANCE_NAME = Setting.ofString("kombo.instance.name", "", Format.text())
            .high("Name of this instance in its group (static membership), such as its pod's: after a stop"
                    + " its tasks wait for it for kombo.session.timeout.ms, and it finds its stores as it left"
                    + " them. Empty: it leaves the group when it stops, and others take over at once.");
    public static final Setting<Integer> SESSION_TIMEOUT = Setting.ofInt(
                    "kombo.session.timeout.ms", 10_000, between(6_000, 1_800_000))
            .medium("Time after which a silent instance counts as failed and its tasks move to others, in"
                    + " milliseconds. Must be longer than the longest pause of the machine or the garbage"
                    + " collector.");
    public static final Setting<Integer> STANDBY_REPLICAS = Setting.ofInt("kombo.standby.replicas", 1, between(0, 10))
            .medium("Standby copies of each store on other instances, as far as there are any: a task that"
                    + " moves to one of them need not restore.");
    public static final Setting<Boolean> TRANSACTIONAL_STORES = Setting.ofBoolean("kombo.stores.transactional", true)
            .medium("Whether RocksDB receives only committed changes, so that an instance that was killed"
                    + " restores the latest changes instead of all its stores.");
    public static final Setting<Long> STORE_MEMORY = Setting.ofLong(
                    "kombo.stores.memory.bytes", 256L << 20, between(16L << 20, 1L << 40))
            .medium("Memory outside of the heap for all RocksDB stores of this process together: cached"
                    + " blocks, indexes, filters and memtables, in bytes.");
    public static final Setting<String> REGISTRY_URL = Setting.ofString(
                    KomboConfig.AVRO_PREFIX + "schema.registry.url", "mock://kombo", Format.notBlank())
            .high("Schema registry: http(s) addresses separated by commas, or mock://<scope> within one " + "process.");
    public static final Setting<String> SERIALIZER_CLASS = Setting.ofString(
                    KomboConfig.AVRO_PREFIX + "serializer.class",
                    "dev.kombo.client.KomboAvroSerializer",
                    Format.notBlank())
            .low("Serializer of Avro values, such as io.confluent.kafka.serializers.KafkaAvroSerializer.");
    public static final Setting<String> DESERIALIZER_CLASS = Setting.ofString(
                    KomboConfig.AVRO_PREFIX + "deserializer.class",
                    "dev.kombo.client.KomboAvroDeserializer",
                    Format.notBlank())
            .low("Deserializer of Avro values, such as io.confluent.kafka.serializers.KafkaAvroDeserializer.");

    private ServiceSettings() {}
}
