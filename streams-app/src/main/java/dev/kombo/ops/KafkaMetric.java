package dev.kombo.ops;

import java.util.Set;

/** The metrics of Kafka Streams and its clients that alerts and the dashboard use. */
public enum KafkaMetric {
    RECORDS_LAG(
            "kafka_consumer_fetch_manager_records_lag",
            "topic, partition",
            "Records by which this instance's consumer is behind the end of a partition."),
    ALIVE_THREADS("kafka_stream_alive_stream_threads", "", "Number of running stream threads."),
    PROCESS_RATE("kafka_stream_thread_process_rate", "thread_id", "Records processed per second."),
    PROCESS_LATENCY(
            "kafka_stream_thread_process_latency_avg", "thread_id", "Mean time to process a record, milliseconds."),
    COMMIT_LATENCY("kafka_stream_thread_commit_latency_avg", "thread_id", "Mean time to commit, milliseconds."),
    DROPPED_RECORDS(
            "kafka_stream_task_dropped_records_total",
            "task_id",
            "Records that were not processed, including those in dead-letter."),
    RESTORE_REMAINING(
            "kafka_stream_task_restore_remaining_records_total",
            "task_id",
            "Records of the changelogs that a task still has to restore before it processes."),
    STORE_KEYS(
            "kafka_stream_state_estimate_num_keys",
            "task_id, rocksdb_state_id",
            "Estimated number of keys in a store."),
    STORE_BYTES(
            "kafka_stream_state_total_sst_files_size",
            "task_id, rocksdb_state_id",
            "Size of a store on disk, in bytes.");

    /** Prefixes, in Micrometer's form, of metrics per store, node, topic and connection. */
    private static final Set<String> FINE = Set.of(
            "kafka.stream.state.",
            "kafka.stream.processor.node.",
            "kafka.stream.record.cache.",
            "kafka.stream.topic.",
            "kafka.consumer.node.",
            "kafka.producer.node.",
            "kafka.producer.topic.",
            "kafka.admin.client.node.");

    /** Metrics under these prefixes that are exported all the same. */
    private static final Set<String> KEPT = Set.of(
            "kafka.stream.state.estimate.num.keys",
            "kafka.stream.state.total.sst.files.size",
            "kafka.stream.state.size.all.mem.tables",
            "kafka.stream.state.block.cache.usage");

    private static final String STATE_UPDATER = "kafka.stream.state.updater.";

    private final String prometheusName;
    private final String labels;
    private final String doc;

    KafkaMetric(String prometheusName, String labels, String doc) {
        this.prometheusName = prometheusName;
        this.labels = labels;
        this.doc = doc;
    }

    /** Whether a metric, by its Micrometer name, is left out as too detailed; three in four are. */
    static boolean tooFine(String meter) {
        return FINE.stream().anyMatch(meter::startsWith) && !KEPT.contains(meter) && !meter.startsWith(STATE_UPDATER);
    }

    public String prometheusName() {
        return prometheusName;
    }

    /** The labels in use, separated by commas. */
    public String labels() {
        return labels;
    }

    /** What it measures, for operators. */
    public String doc() {
        return doc;
    }
}
