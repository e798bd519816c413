package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.cli.KomboCommandLine;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.instance.CommandContext;
import dev.kombo.schema.ItemModel;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an instance reads at its start is as much as there is, not as much as was ever published. */
class BoundedStartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ENTITIES = 500;
    private static final int PUBLISHED = 25_000;
    private static final int MODEL_BYTES = 1_000;

    @TempDir
    Path folder;

    @Test
    void shouldReadWhatThereIsAndNotWhatWasWhenAnOlderInstallationUpdatesItsTopics() throws Exception {
        Map<String, String> broker =
                Map.of("log.segment.bytes", Integer.toString(1 << 30), "log.cleaner.backoff.ms", "100");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"), broker)) {
            Map<String, String> settings = settings(kafka);
            KomboConfig config = KomboConfig.of(settings);
            try (TestClients clients = new TestClients(config)) {
                createAsBefore(config);
                publish(clients, PUBLISHED);
                clients.flush();
                assertThat(readAtStart(config)).isGreaterThanOrEqualTo(PUBLISHED);

                assertThat(kombo(settings, "create")).contains("segment.bytes is 1073741824, should be 8388608");
                assertThat(kombo(settings, "update"))
                        .contains("Updated item-model.", "Updated item-catalog.")
                        .doesNotContain("differs", "Updated bundle-offer.");
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    // Kafka closes the segment in use with the next record.
                    publish(clients, 1);
                    clients.flush();
                    assertThat(readAtStart(config)).isBetween((double) ENTITIES, 2.0 * ENTITIES);
                });
            }
        }
    }

    private Map<String, String> settings(EmbeddedKafka kafka) {
        return Map.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                kafka.bootstrapServers(),
                ServiceSettings.REGISTRY_URL.name(),
                "mock://bounded-start",
                ServiceSettings.STATE_DIR.name(),
                folder.resolve("state").toString(),
                ServiceSettings.TOPIC_PARTITIONS.name(),
                "1");
    }

    /** Creates the topics without settings of their segments, as version 0.2 did. */
    private static void createAsBefore(KomboConfig config) {
        List<Topics.Spec> before = new ArrayList<>();
        for (Topics.Spec spec : Topics.of(config).all()) {
            Map<String, String> settings = new TreeMap<>(spec.settings());
            settings.keySet()
                    .removeAll(List.of("segment.bytes", "segment.ms", "max.compaction.lag.ms", "delete.retention.ms"));
            before.add(
                    new Topics.Spec(spec.name(), spec.keys(), spec.record(), spec.partitions(), settings, spec.doc()));
        }
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(before);
        }
    }

    private static void publish(TestClients clients, int count) {
        Random draw = new Random(1);
        byte[] vector = new byte[MODEL_BYTES];
        IntStream.range(0, count).forEach(i -> {
            draw.nextBytes(vector);
            clients.send(
                    clients.topics().name(Topic.ITEM_MODEL),
                    "i:item-" + i % ENTITIES,
                    ItemModel.newBuilder()
                            .setVector(ByteBuffer.wrap(vector.clone()))
                            .setBias(0)
                            .setPopularityShort(1)
                            .setPopularityLong(1)
                            .setPopularityTime(1)
                            .setInteractions(1)
                            .setPurchases(0)
                            .setVersion(1)
                            .build());
        });
    }

    private static double readAtStart(KomboConfig config) {
        try (KomboService service = new KomboService(config)) {
            service.start();
            return service.streams().metrics().values().stream()
                    .filter(metric -> metric.metricName().name().equals("records-consumed-total")
                            && "item-model".equals(metric.metricName().tags().get("topic")))
                    .mapToDouble(metric -> (double) metric.metricValue())
                    .sum();
        }
    }

    private static String kombo(Map<String, String> settings, String command) {
        CommandLine line = KomboCommandLine.create(CommandContext.standard(Map.of(), Optional.empty()), List.of());
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        List<String> words = new ArrayList<>(List.of("topics", command));
        settings.forEach((name, value) -> words.addAll(List.of("-D", name + "=" + value)));
        line.execute(words.toArray(String[]::new));
        return out.toString();
    }
}
