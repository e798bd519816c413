package dev.kombo.service;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.PrivacySettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.ops.DeadLetters;
import dev.kombo.ops.DecodingFailures;
import dev.kombo.ops.ProcessingFailures;
import dev.kombo.ops.Pseudonyms;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** Builds the settings of Kafka Streams; those given under {@code kombo.streams.} take precedence. */
public final class StreamsSettings {
    private static final int BATCH_BYTES = 128 << 10;
    private static final int LONGEST_LINGER_MILLIS = 1_000;
    /**
     * Most bytes that are fetched of a partition at once. A consumer hands out what it fetched partition after
     * partition, so what tasks send each other waits for all events fetched before it: by default for 1 MB per
     * partition, some hundred thousand events, of which none would be ranked by what was learned from the others.
     */
    private static final int FETCH_BYTES = 64 << 10;

    /**
     * Longest time that a broker holds back a fetch which has nothing to return. A start reads the partitions of the
     * global topics one after another, and a broker answers one fetch of a consumer at a time: with Kafka's 500
     * milliseconds, each partition waits that long for the last fetch of the one before. Changelogs wait likewise, as
     * tasks begin to be restored one after another.
     */
    private static final int FETCH_WAIT_MILLIS = 200;

    /** Time between two commits that no task has requested. */
    private static final long IDLE_COMMIT_MILLIS = 1_000;

    /** Longest wait for a record: as long, a commit that readers wait for may be late. */
    private static final long POLL_MILLIS = 40;

    private static final int LONGEST_HEARTBEAT_MILLIS = 3_000;
    private static final int HEARTBEATS_A_SESSION = 4;
    private static final int TRANSACTION_MILLIS = 10_000;
    private static final String GLOBAL_PROCESSING_FAILURES = "processing.exception.handler.global.enabled";

    private StreamsSettings() {}

    /** Address at which other instances reach this one, host:port; empty: none. */
    static String applicationServer(KomboConfig config) {
        return of(config).getProperty(StreamsConfig.APPLICATION_SERVER_CONFIG, "");
    }

    /** Whether the operator gave the instance a static group membership, so that its tasks wait for its return. */
    static boolean keepsItsPlace(KomboConfig config) {
        return of(config).keySet().stream()
                .anyMatch(name -> name.toString().endsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
    }

    public static Properties of(KomboConfig config) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.get(ServiceSettings.APPLICATION_ID));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.get(ServiceSettings.BOOTSTRAP_SERVERS));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.get(ServiceSettings.STATE_DIR));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.get(ServiceSettings.PROCESSING_GUARANTEE));
        // Tasks that have something to commit request it, and do that much sooner.
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                Math.max(IDLE_COMMIT_MILLIS, config.get(ServiceSettings.COMMIT_INTERVAL)));
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.get(ServiceSettings.STREAM_THREADS));
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, config.get(ApiSettings.ADVERTISED));
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.get(ServiceSettings.TOPIC_REPLICATION));
        // Tasks write a key once per commit at most.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.get(ServiceSettings.STANDBY_REPLICAS));
        settings.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, config.get(ServiceSettings.TRANSACTIONAL_STORES));
        // A broker that requests metrics would read the unsafe one as well.
        settings.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        // See SafeMetricsStreams: JMX can leave out beans, not attributes.
        settings.put(JmxReporter.EXCLUDE_CONFIG, "kafka\\.streams:type=stream-state-metrics.*");
        // The API shows only committed state, which is never undone.
        settings.put(StreamsConfig.DEFAULT_INTERACTIVE_QUERY_ISOLATION_LEVEL_CONFIG, "READ_COMMITTED");
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(ServiceSettings.STORE_MEMORY.name(), config.get(ServiceSettings.STORE_MEMORY));
        membership(settings, config);
        // Erasures and merged sessions are remembered, so a task need not wait for topics that are empty at the moment.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        failures(settings, config);
        records(settings, config);
        settings.putAll(config.streamsSettings());
        return settings;
    }

    /** Undecodable and failing records go to the dead-letter topic, and the stream goes on. */
    private static void failures(Properties settings, KomboConfig config) {
        settings.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                Topics.of(config).name(Topic.DEAD_LETTER));
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DecodingFailures.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailures.class);
        // By name: the constant is deprecated, since Kafka 5 enables it permanently. The task assignor reads its
        // settings from the consumer's, and would warn that it is off.
        settings.put(GLOBAL_PROCESSING_FAILURES, true);
        settings.put(StreamsConfig.mainConsumerPrefix(GLOBAL_PROCESSING_FAILURES), true);
        if (config.get(PrivacySettings.KEY) != null) {
            settings.put(DeadLetters.PSEUDONYMS, Pseudonyms.of(config));
        }
    }

    /** Sets how records are batched on their way to the broker, and how large and for how long topics keep them. */
    private static void records(Properties settings, KomboConfig config) {
        String wait = ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG;
        consumer(
                settings,
                config,
                StreamsConfig.MAIN_CONSUMER_PREFIX,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                FETCH_BYTES);
        consumer(settings, config, StreamsConfig.GLOBAL_CONSUMER_PREFIX, wait, FETCH_WAIT_MILLIS);
        consumer(settings, config, StreamsConfig.RESTORE_CONSUMER_PREFIX, wait, FETCH_WAIT_MILLIS);
        // Readers see a record when it is committed, and a commit does not wait for this.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), (int)
                Math.min(LONGEST_LINGER_MILLIS, config.get(ServiceSettings.COMMIT_INTERVAL)));
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // Batches are many and small: lz4 allocates 130 KB of buffers for each, snappy reuses them.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "snappy");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.LARGEST_OUTPUT);
        settings.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Topics.LARGEST_OUTPUT);
        settings.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
                config.get(PrivacySettings.COMPACTION_LAG));
        Topics.leastReplicas(config)
                .ifPresent(least ->
                        settings.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), least));
    }

    /** Sets what one kind of consumer has, unless the operator sets it for all consumers. */
    private static void consumer(Properties settings, KomboConfig config, String prefix, String name, int value) {
        Map<String, ?> given = config.streamsSettings();
        if (!given.containsKey(name) && !given.containsKey(StreamsConfig.consumerPrefix(name))) {
            settings.put(prefix + name, value);
        }
    }

    /**
     * Sets when a silent instance, and with it its open transaction, counts as failed: readers of its offers wait for
     * both.
     */
    private static void membership(Properties settings, KomboConfig config) {
        int session = config.get(ServiceSettings.SESSION_TIMEOUT);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        settings.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.min(LONGEST_HEARTBEAT_MILLIS, session / HEARTBEATS_A_SESSION));
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                Math.max(TRANSACTION_MILLIS, 2 * config.get(ServiceSettings.COMMIT_INTERVAL)));
        String name = config.get(ServiceSettings.INSTANCE_NAME);
        if (!name.isEmpty()) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
        }
    }

    /**
     * Limits the memory of all RocksDB stores of the process: blocks, indexes, filters and memtables are charged to one
     * cache. Kafka Streams creates an instance of this class for each store, so the budget is static; the first store
     * determines its size. RocksDB may exceed it briefly while it flushes memtables.
     */
    public static final class BoundedRocksDb implements RocksDBConfigSetter {
        /** Memtables may take the budget divided by this; the rest is for reads. */
        private static final int MEMTABLE_SHARE = 2;

        private static final long MEMTABLE_BYTES = 8L << 20;
        private static final int MEMTABLES = 3;
        /**
         * A store's manifest grows with each flush, even without entries; by default RocksDB rewrites it only at 1 GB.
         */
        private static final long MANIFEST_BYTES = 1L << 17;

        private static Cache cache;
        private static WriteBufferManager memtables;

        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            share(Long.parseLong(
                    configs.get(ServiceSettings.STORE_MEMORY.name()).toString()));
            BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
            table.setBlockCache(cache);
            table.setCacheIndexAndFilterBlocks(true);
            table.setCacheIndexAndFilterBlocksWithHighPriority(true);
            table.setPinTopLevelIndexAndFilter(true);
            options.setTableFormatConfig(table);
            options.setWriteBufferManager(memtables);
            options.setWriteBufferSize(MEMTABLE_BYTES);
            options.setMaxWriteBufferNumber(MEMTABLES);
            options.setMaxManifestFileSize(MANIFEST_BYTES);
            // By default RocksDB reserves 4 MB of disk for the manifest of each store.
            options.setManifestPreallocationSize(MANIFEST_BYTES);
        }

        private static synchronized void share(long bytes) {
            if (cache == null) {
                RocksDB.loadLibrary();
                cache = new LRUCache(bytes);
                memtables = new WriteBufferManager(bytes / MEMTABLE_SHARE, cache);
            }
        }

        /** Does not close the budget, which outlives the stores: the next ones share it. */
        @Override
        public void close(String storeName, Options options) {}
    }
}
