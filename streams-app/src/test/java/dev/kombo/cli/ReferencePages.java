package dev.kombo.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.DeclaredSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.MarkdownTable;
import dev.kombo.metric.KomboMetric;
import dev.kombo.query.QueryRoutes;
import dev.kombo.query.TopologyView;
import dev.kombo.query.format.EventFormats;
import dev.kombo.query.http.OpenApi;
import dev.kombo.settings.Setting;
import dev.kombo.settings.Setting.Importance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Generates the reference pages of {@code topology-docs/reference} from the code that runs, so that the two cannot disagree. Of
 * an index page, only what follows its mark is generated.
 */
final class ReferencePages {
    private static final String MARK = "<!-- Written by ReferencePagesTest; changes made by hand %s are lost. -->\n";
    private static final String MARK_OF_TABLE = MARK.formatted("below this line");

    private static final String EVENT_FORMATS = """
            `POST /v1/events/{format}` and `kombo replay --format` read the events that a shop already sends to other systems.

            - Paths are JSON pointers. They are resolved in the item, then in the event, then in the document around it; if \
            several are given, the first that exists counts.
            - Each item of an event becomes an event of its own. Events of other types are rejected as `unknown-event`.
            - An event without an id gets one that is derived from the content of the document, so that an event sent twice \
            counts once. An event with neither id nor time is rejected.
            - Times are epoch milliseconds, epoch microseconds or ISO 8601. Over HTTP, an event without a time gets the time \
            of its arrival.
            - Prices are read for purchases and returns only, and need a currency. A refund of a whole order without its items \
            is rejected, because returns are counted per item.
            - In a row of BigQuery's export, `event_params` is read as `params`.
            - The resulting events are checked like Kombo's own.
            """;

    private final Path folder;
    private final Map<String, String> pages = new TreeMap<>();

    ReferencePages(Path folder, KomboConfig config, TopologyView topology) throws IOException {
        this.folder = folder;
        Topics topics = Topics.of(config);
        add("topology", "Topology", charts(topology));
        add("topics", "Topics", topics(topics));
        add("stores", "Stores", stores(config, topology));
        add("metrics", "Metrics", metrics());
        add("settings", "Settings", settings());
        addTable("schemas.md", IndexPages.schemas(topics));
        String openApi = OpenApi.of(QueryRoutes.described());
        addTable("http-api.md", IndexPages.endpoints(new ObjectMapper().readTree(openApi)));
        add("event-formats", "Events of other formats", eventFormats());
    }

    private static String charts(TopologyView topology) {
        StringBuilder page = new StringBuilder("Topics are rounded, processors are boxes, stores are cylinders.\n");
        Mermaid.charts(topology)
                .forEach((title, chart) -> page.append("\n## ")
                        .append(title)
                        .append("\n\n```mermaid\n")
                        .append(chart)
                        .append("```\n"));
        return page.toString();
    }

    private static String topics(Topics topics) {
        MarkdownTable table =
                new MarkdownTable("Topic", "Key", "Value", "Partitions", "Clean-up", "Retention", "What it is for");
        for (Topics.Spec spec : topics.all()) {
            table.row(
                    code(spec.name()),
                    spec.keys(),
                    spec.record(),
                    spec.partitions(),
                    spec.settings().get("cleanup.policy"),
                    StrimziTopics.retention(spec),
                    spec.doc());
        }
        return "With the default settings; `" + ServiceSettings.TOPIC_PREFIX.name()
                + "` is the prefix of each name, and `"
                + ServiceSettings.TOPIC_PARTITIONS.name()
                + "` is the number of partitions of topics keyed by shopper or item. `kombo topics create`"
                + " creates them, `kombo topics check` compares them with the broker's.\n\n" + table;
    }

    private static String stores(KomboConfig config, TopologyView topology) {
        String application = config.get(ServiceSettings.APPLICATION_ID);
        TreeMap<String, TreeSet<String>> users = new TreeMap<>();
        TreeMap<String, Integer> owners = new TreeMap<>();
        for (TopologyView.SubtopologyView part : topology.subtopologies()) {
            part.nodes()
                    .forEach(node -> node.stores().forEach(store -> {
                        owners.put(store, part.id());
                        users.computeIfAbsent(store, none -> new TreeSet<>()).add(code(node.name()));
                    }));
        }
        MarkdownTable local = new MarkdownTable("Store", "Sub-topology", "Used by", "Changelog");
        users.forEach((store, processors) -> local.row(
                code(store),
                owners.get(store),
                String.join(", ", processors),
                store.endsWith("-commit")
                        ? "none, as it holds nothing"
                        : code(application + "-" + store + "-changelog")));
        MarkdownTable global = new MarkdownTable("Store", "Topic", "Kept by");
        topology.globalStores()
                .forEach(store -> global.row(code(store.store()), code(store.topic()), code(store.processor())));
        return "## Local\n\nEach partition is owned by one task, and restored from the changelog.\n\n" + local
                + "\n## Global\n\nComplete on every instance, and restored from the topic itself.\n\n" + global;
    }

    private static String metrics() {
        MarkdownTable own = new MarkdownTable("Metric", "Kind", "Labels", "Meaning");
        for (KomboMetric metric : KomboMetric.values()) {
            own.row(
                    code(metric.prometheusName()),
                    metric.kind().name().toLowerCase(Locale.ROOT),
                    String.join(", ", metric.labels()),
                    metric.doc());
        }
        MarkdownTable kafka = new MarkdownTable("Metric", "Labels", "Meaning");
        for (KafkaMetric metric : KafkaMetric.values()) {
            kafka.row(code(metric.prometheusName()), metric.labels(), metric.doc());
        }
        return "`GET /metrics` of the HTTP API, in the text format of Prometheus. Each instance reports its own activity"
                + " since it started, so aggregate rates over instances. An event that is processed again after a"
                + " crash is counted twice; exact numbers are in stores and topics.\n\n## Kombo\n\nA histogram has"
                + " the series `_bucket`, `_count`, `_sum` and `_max`, a summary the last three; `_max` is the maximum of the"
                + " last two minutes. A reason, type or outcome that has not occurred yet may have no series.\n\n"
                + own
                + "\n## Kafka Streams and its clients\n\nTheir metrics are exposed as Micrometer names them:"
                + " `kafka_stream_*`, `kafka_consumer_*`, `kafka_producer_*`, `kafka_admin_*`; those per store,"
                + " node, produced topic and connection, three in four, are omitted. Alerts and dashboard"
                + " use these:\n\n"
                + kafka
                + "\n## JVM and process\n\n`jvm_memory_*`, `jvm_gc_*`, `jvm_threads_*`, `process_cpu_*`,"
                + " `process_files_*`, `process_uptime_seconds`, `system_cpu_*`, `system_load_*`, as Micrometer names them.\n";
    }

    /** The settings by importance. */
    private static String settings() {
        Map<Importance, MarkdownTable> tables = new EnumMap<>(Importance.class);
        DeclaredSettings.BY_NAME.values().stream()
                .sorted(Comparator.comparing(Setting::name))
                .forEach(setting -> tables.computeIfAbsent(
                                setting.importance(),
                                any -> new MarkdownTable("Setting", "Type", "Default", "Range", "What it does"))
                        .row(
                                code(setting.name()),
                                setting.kind().name().toLowerCase(Locale.ROOT),
                                code(setting.standard()),
                                setting.allowed(),
                                setting.doc()));
        return "In order of precedence: command line (`-D NAME=VALUE`), environment"
                + " (`KOMBO_OFFER_SIZE` for `kombo.offer.size`), file (`--config FILE`), default. Names that begin with `"
                + KomboConfig.STREAMS_PREFIX + "` are passed to Kafka Streams and its clients, and those with `"
                + KomboConfig.AVRO_PREFIX
                + "` to the Avro serializers and the registry client, without the prefix. Any other name is rejected.\n"
                + "\n## Read first\n\nThe settings of high importance, which every installation should review.\n\n"
                + tables.get(Importance.HIGH)
                + "\n## Medium importance\n\n"
                + tables.get(Importance.MEDIUM)
                + "\n## Low importance\n\n"
                + tables.get(Importance.LOW);
    }

    private static String eventFormats() {
        StringBuilder page = new StringBuilder(EVENT_FORMATS);
        new TreeMap<>(EventFormats.BY_NAME).forEach((name, format) -> {
            MarkdownTable types = new MarkdownTable("Event", "Becomes");
            new TreeMap<>(format.types()).forEach((word, type) -> types.row(code(word), type));
            MarkdownTable places = new MarkdownTable("Field", "Read from");
            places.row("the events, in a document with several", code(format.batch()));
            new TreeMap<>(format.places())
                    .forEach((field, found) -> places.row(field.becomes(), code(String.join(", ", found))));
            page.append("\n## ")
                    .append(name)
                    .append("\n\n")
                    .append(format.source())
                    .append("\n\n")
                    .append(types)
                    .append('\n')
                    .append(places);
        });
        return page.toString();
    }

    private void add(String name, String title, String body) {
        pages.put(name + ".md", MARK.formatted("here") + "# " + title + "\n\n" + body.stripTrailing() + "\n");
    }

    /** Adds a page with the words that it has before its mark. */
    private void addTable(String name, String table) throws IOException {
        String words = Files.readString(folder.resolve(name)).split(MARK_OF_TABLE, 2)[0];
        pages.put(name, words + MARK_OF_TABLE + "\n" + table);
    }

    /** Writes all pages. */
    void write() throws IOException {
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }

    /** Returns the names of pages that are missing or out of date. */
    List<String> stale() throws IOException {
        List<String> stale = new ArrayList<>();
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Path file = folder.resolve(page.getKey());
            if (!Files.isRegularFile(file) || !Files.readString(file).equals(page.getValue())) {
                stale.add(page.getKey());
            }
        }
        return stale;
    }

    /** Formats a cell as code. */
    static String code(Object value) {
        return value == null || value.toString().isEmpty() ? "" : "`" + value + "`";
    }
}
