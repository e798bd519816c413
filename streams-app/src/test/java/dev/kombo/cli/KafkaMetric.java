package dev.kombo.cli;

/** The metrics of Kafka Streams and its clients that alerts and the dashboard use. */
enum KafkaMetric {
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
            "Records of the changelogs that a task still has to restore before it processes.");

    private final String prometheusName;
    private final String labels;
    private final String doc;

    KafkaMetric(String prometheusName, String labels, String doc) {
        this.prometheusName = prometheusName;
        this.labels = labels;
        this.doc = doc;
    }

    String prometheusName() {
        return prometheusName;
    }

    /** The labels in use, separated by commas. */
    String labels() {
        return labels;
    }

    /** What it measures, for operators. */
    String doc() {
        return doc;
    }
}
