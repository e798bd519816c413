package dev.kombo.shop.kafka;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.EngineSettings;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.serde.StoredValues;
import dev.kombo.shop.process.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Creates producers, consumers and an admin client for an installation's topics, as a program beside Kombo would.
 * Callers close their clients, except for the shared admin client. It cannot query the service itself: whether a
 * service elsewhere is running shows in the offsets that it commits.
 */
public class KafkaClients implements AutoCloseable {
    private static final int LARGEST_FETCH_RECORDS = 2_000;

    /** How long a service elsewhere may make no progress. */
    private static final Duration STALL = Duration.ofMinutes(2);

    /** Settings of a producer that writes in batches and loses nothing. */
    private static final Map<String, Object> PRODUCER = Map.of(
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 16,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");

    private final KomboConfig config;
    private final Patience patience;
    private final @Nullable Integer longestCallMillis;
    private final Topics topics;
    private final AvroSerdes serdes;
    private final Admin admin;

    /** Clients of the installation that a service with these settings uses. */
    public KafkaClients(KomboConfig config) {
        this(config, Patience.upTo(STALL, () -> {}), null);
    }

    /**
     * Clients of an installation whose broker runs in this process.
     *
     * @param patience how long to wait for service and broker, which is also the longest time of a call
     */
    public KafkaClients(KomboConfig config, Patience patience) {
        this(config, patience, (int) patience.limit().toMillis());
    }

    private KafkaClients(KomboConfig config, Patience patience, @Nullable Integer longestCallMillis) {
        this.config = config;
        this.patience = patience;
        this.longestCallMillis = longestCallMillis;
        this.topics = Topics.of(config);
        this.serdes = new AvroSerdes(config.avroSettings());
        this.admin =
                Admin.create(patient(ClientSettings.admin(config), AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
    }

    /** Lets calls take as long as this command waits, unless the configuration says otherwise. */
    private Map<String, Object> patient(Map<String, Object> settings, String... timeouts) {
        if (longestCallMillis != null) {
            for (String timeout : timeouts) {
                settings.putIfAbsent(timeout, longestCallMillis);
            }
        }
        return settings;
    }

    /** The settings of the installation. */
    public KomboConfig config() {
        return config;
    }

    /** How long to wait for the service while it makes no progress. */
    public Patience patience() {
        return patience;
    }

    /** Returns a reader of whole topics, which the caller closes. */
    public TopicReader reader() {
        return longestCallMillis == null ? new TopicReader(config) : new TopicReader(config, patience.limit());
    }

    public Topics topics() {
        return topics;
    }

    /** The shared admin client. */
    public Admin admin() {
        return admin;
    }

    /** Returns an idempotent producer of Avro records that writes in batches and loses none. */
    public Producer<String, SpecificRecord> producer(Map<String, Object> overrides) {
        Map<String, Object> settings = patient(
                ClientSettings.producer(config),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        settings.putAll(PRODUCER);
        settings.putAll(overrides);
        return new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer());
    }

    /** Returns a consumer of committed records of one type, without a group. */
    public <T extends SpecificRecord> Consumer<String, T> consumer(Class<T> type) {
        return new KafkaConsumer<>(
                consumerSettings(IsolationLevel.READ_COMMITTED), new StringDeserializer(), decoder(type));
    }

    /** Returns a consumer of undecoded records, without a group. */
    public Consumer<byte[], byte[]> bytes(IsolationLevel isolation) {
        return new KafkaConsumer<>(
                consumerSettings(isolation), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public <T extends SpecificRecord> Deserializer<T> decoder(Class<T> type) {
        return serdes.value(type).deserializer();
    }

    /** How the installation writes the values of its stores. */
    public StoredValues stored() {
        return new StoredValues(serdes, new EngineSettings(config));
    }

    private Map<String, Object> consumerSettings(IsolationLevel isolation) {
        Map<String, Object> settings =
                patient(new HashMap<>(ClientSettings.consumer(config)), ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString().toLowerCase(Locale.ROOT));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LARGEST_FETCH_RECORDS);
        return settings;
    }

    /** Returns the offsets that the service has committed. */
    public Map<TopicPartition, Long> committedOffsets() {
        return committedOffsets(config.get(ServiceSettings.APPLICATION_ID));
    }

    /** Returns the offsets that an application has committed. */
    public Map<TopicPartition, Long> committedOffsets(String groupId) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(groupId)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, committed) -> {
                        if (committed != null) {
                            offsets.put(partition, committed.offset());
                        }
                    });
            return offsets;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the offsets of " + groupId + ": " + e.getCause(), e);
        }
    }

    /** How many records before these ends are not committed; a partition without a commit counts in full. */
    public static long lag(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** The strategy that is active in the service; null if the service cannot be queried. */
    public StrategyPlan strategy() {
        return null;
    }

    /** Fails if the service gave up. */
    public void requireAlive() {}

    @Override
    public void close() {
        try (serdes) {
            admin.close();
        }
    }
}
