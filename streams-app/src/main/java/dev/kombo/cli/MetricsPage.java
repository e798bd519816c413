package dev.kombo.cli;

import dev.kombo.ops.KafkaMetric;
import dev.kombo.ops.KomboMetric;
import java.util.Locale;

/** The page of metrics. */
final class MetricsPage {
    private MetricsPage() {}

    static String of() {
        MarkdownTable own = new MarkdownTable("Metric", "Kind", "Labels", "What it tells");
        for (KomboMetric metric : KomboMetric.values()) {
            own.row(
                    MarkdownTable.code(metric.prometheusName()),
                    metric.kind().name().toLowerCase(Locale.ROOT),
                    String.join(", ", metric.labels()),
                    metric.doc());
        }
        MarkdownTable kafka = new MarkdownTable("Metric", "Labels", "What it tells");
        for (KafkaMetric metric : KafkaMetric.values()) {
            kafka.row(MarkdownTable.code(metric.prometheusName()), metric.labels(), metric.doc());
        }
        return "`GET /metrics` of the HTTP API, in the text format of Prometheus. Each instance tells what it did itself"
                + " since it started: sums over instances are sums of rates. An event that is processed again after a"
                + " crash is counted again; what must be exact is in stores and topics.\n\n## Kombo\n\nA histogram has"
                + " the series `_bucket`, `_count`, `_sum` and `_max`, a summary the last three; `_max` is that of the"
                + " last two minutes. A reason, type or outcome that has not come up yet may have no series.\n\n"
                + own
                + "\n## Kafka Streams and its clients\n\nTheir metrics are exposed as Micrometer names them:"
                + " `kafka_stream_*`, `kafka_consumer_*`, `kafka_producer_*`, `kafka_admin_*`; but those of each store,"
                + " node, produced topic and connection are left out, which would be three in four. Alerts and dashboard"
                + " look at these:\n\n"
                + kafka
                + "\n## JVM and process\n\n`jvm_memory_*`, `jvm_gc_*`, `jvm_threads_*`, `process_cpu_*`,"
                + " `process_files_*`, `process_uptime_seconds`, `system_cpu_*`, `system_load_*`, as Micrometer names them.\n";
    }
}
