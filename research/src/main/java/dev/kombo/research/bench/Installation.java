package dev.kombo.research.bench;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.shop.kafka.ChildProcessKafka;
import dev.kombo.shop.kafka.ConsumerGroupDrain;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.replay.RowSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A broker in a JVM of its own and a registry in this one, with the topics of a version of Kombo and the clients that a
 * benchmark needs. Not thread-safe.
 */
final class Installation implements AutoCloseable {
    /** How long the service may commit nothing while it has records left. */
    private static final Duration STALL = Duration.ofMinutes(3);

    /** A batch of any size is published in one transaction. */
    private static final int TRANSACTION_MILLIS = 600_000;

    /** Bundles of an offer, as in the published figures. */
    private static final String OFFER_SIZE = "5";

    /**
     * Segments of Kafka's default size instead of the small ones of demos, and none compacted in its first minutes: a
     * batch's records can be counted before any of them is compacted away. The longer timeout keeps a broker that gets
     * no processor time for seconds from being taken for dead. Transactions of an instance that died are looked for as
     * often as the operations page advises.
     */
    private static final Map<String, String> BROKER = Map.of(
            "log.segment.bytes", Integer.toString(1 << 30),
            "log.cleaner.min.compaction.lag.ms", "300000",
            "broker.session.timeout.ms", "30000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    private final Path folder;
    private final KomboVersion version;
    private final EmbeddedSchemaRegistry registry;
    private final ChildProcessKafka broker;
    private final Map<String, String> settings;
    private final KomboConfig config;
    private final Topics topics;
    private final KafkaClients clients;
    private final Producer<String, SpecificRecord> producer;

    /**
     * Starts broker and registry and creates the topics.
     *
     * @param folder an empty folder
     * @param given settings of the service that differ from the defaults
     * @param version whose service will run
     */
    Installation(Path folder, Map<String, String> given, KomboVersion version) {
        this.folder = folder;
        this.version = version;
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
        broker = ChildProcessKafka.start(folder.resolve("broker"), BROKER);
        settings = chosen(given);
        settings.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), broker.bootstrapServers());
        settings.put(ServiceSettings.REGISTRY_URL.name(), registry.url().toString());
        config = KomboConfig.of(settings);
        topics = Topics.of(config);
        version.createTopics(settings, folder);
        clients = new KafkaClients(config);
        producer = clients.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "kombo-bench",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_MILLIS));
        producer.initTransactions();
    }

    /** Returns the settings of the service that differ from the defaults, those included that a benchmark chooses. */
    static Map<String, String> chosen(Map<String, String> given) {
        Map<String, String> chosen =
                new HashMap<>(Map.of(OfferSettings.SIZE.name(), OFFER_SIZE, RankingSettings.ODDS_MIN.name(), "0"));
        chosen.putAll(given);
        return chosen;
    }

    /** The version whose service runs. */
    KomboVersion version() {
        return version;
    }

    /** The folder of all its data. */
    Path folder() {
        return folder;
    }

    /** Settings of the service, those of the cluster included, without those that its version does not know. */
    Map<String, String> settings() {
        return version.known(settings);
    }

    KomboConfig config() {
        return config;
    }

    Topics topics() {
        return topics;
    }

    KafkaClients clients() {
        return clients;
    }

    /** Returns a consumer of the offers that are made from now on. */
    Consumer<byte[], byte[]> offersFromNow(IsolationLevel isolation) {
        Consumer<byte[], byte[]> consumer = clients.bytes(isolation);
        TopicReader.fromNowOn(consumer, topics.name(Topic.BUNDLE_OFFER));
        return consumer;
    }

    /** Processor time of the broker so far. */
    ProcessTimes brokerTimes() {
        return ProcessTimes.of(broker.process());
    }

    /** Publishes the catalogue. */
    void publish(BenchShop shop) {
        publishAtOnce(sender -> {
            shop.items().forEach(sender::send);
            shop.bundles().forEach(sender::send);
        });
    }

    /**
     * Publishes events in one transaction, so that readers of committed records see all of them at once when this
     * returns.
     *
     * @return offset after the last event of each partition
     */
    Map<TopicPartition, Long> publish(List<BehaviorEvent> events) {
        return publishAtOnce(sender -> events.forEach(sender::send));
    }

    /**
     * Sends events one by one, and waits until all are acknowledged.
     *
     * @param dueNanos when the event at a place is due
     * @param ended ends the sending early
     */
    void send(
            Producer<String, SpecificRecord> by,
            List<BehaviorEvent> events,
            IntToLongFunction dueNanos,
            BooleanSupplier ended) {
        RowSender sender = new RowSender(by, topics);
        for (int e = 0; e < events.size() && !ended.getAsBoolean(); e++) {
            long due = dueNanos.applyAsLong(e);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sender.send(events.get(e));
        }
        sender.flush();
    }

    private Map<TopicPartition, Long> publishAtOnce(java.util.function.Consumer<RowSender> records) {
        RowSender sender = new RowSender(producer, topics);
        producer.beginTransaction();
        records.accept(sender);
        sender.flush();
        producer.commitTransaction();
        return sender.ends();
    }

    /**
     * Waits until the service has nothing left to read: neither events nor what its tasks send to each other.
     *
     * @param snapshot taken as soon as that is detected
     * @return the snapshot
     */
    <T> T drained(Supplier<T> snapshot) throws InterruptedException {
        return new ConsumerGroupDrain(
                        clients::committedOffsets,
                        () -> clients.bytes(IsolationLevel.READ_COMMITTED),
                        version.read(clients),
                        STALL)
                .drained(snapshot);
    }

    /** Current ends of all topics that belong to Kombo, markers and uncommitted records included. */
    Map<TopicPartition, Long> ends(Consumer<?, ?> consumer) {
        return consumer.endOffsets(TopicReader.partitions(consumer, topicNames()));
    }

    /** Names of all topics that belong to Kombo, changelogs included: all but those of the reference application. */
    private Collection<String> topicNames() {
        try {
            Set<String> own = new TreeSet<>(clients.admin().listTopics().names().get());
            own.remove(ReferenceInput.TOPIC);
            own.removeIf(name -> Stream.of(ReferenceApplication.Variant.values())
                    .anyMatch(variant -> name.startsWith(variant.id())));
            return own;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw CommandException.failure("cannot list topics: " + e.getCause().getMessage(), e);
        }
    }

    /** Folder of the broker's log. */
    Path brokerLog() {
        return folder.resolve("broker").resolve("log");
    }

    @Override
    public void close() {
        try (registry;
                broker;
                clients) {
            producer.close(Duration.ZERO);
        }
    }
}
