package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.cli.KomboCommandLine;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.instance.CommandContext;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A record that cannot be decoded, on any topic that every instance reads whole, ends no instance. */
class BadGlobalRecordsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> NAMES = List.of(
            "price-history",
            "item-catalog",
            "bundle-catalog",
            "active-strategy",
            "suggestion-decision",
            "bundle-suggestion",
            "item-model",
            "ranker-model");

    @TempDir
    Path folder;

    @Test
    void shouldStartAndRunOnWhenGlobalTopicsHoldRecordsThatCannotBeDecoded() throws Exception {
        try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"))) {
            KomboConfig config = KomboConfig.of(Map.of(
                    ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                    ServiceSettings.REGISTRY_URL.name(), registry.url().toString(),
                    ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString()));
            try (TestClients clients = new TestClients(config)) {
                clients.createTopics(config);
                sendBad(config);
                clients.publishCatalog(2);
                clients.flush();
                try (KomboService service = new KomboService(config)) {
                    service.start();
                    service.awaitRunning(PATIENCE);
                    NAMES.forEach(
                            name -> assertThat(dropped(service, name)).as(name).isEqualTo(1));
                    assertThat(service.engine()
                                    .models()
                                    .catalog()
                                    .item("item-1")
                                    .priceMinor())
                            .isEqualTo(1000);

                    sendBad(config);
                    for (String name : NAMES) {
                        Awaitility.await(name).atMost(PATIENCE).until(() -> dropped(service, name) == 2);
                    }
                    clients.publishCatalog(4);
                    clients.flush();
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> service.engine().models().catalog().item("item-3") != null);
                    clients.send(BehaviorEvent.newBuilder()
                            .setEventId("event")
                            .setUserId("user")
                            .setType(EventType.VIEW)
                            .setItemId("item-1")
                            .setEventTime(1_760_000_000_000L)
                            .build());
                    clients.flush();
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> service.engine().counters().get(KomboMetric.EVENTS, "accepted") == 1);
                    assertThat(service.streams().state()).isEqualTo(KafkaStreams.State.RUNNING);
                    assertThat(service.engine().counters().get(KomboMetric.THREADS_FAILED))
                            .isZero();
                }
                clients.send(
                        Topics.of(config).name(Topic.ITEM_CATALOG),
                        "long",
                        Item.newBuilder()
                                .setItemId("long")
                                .setTitle("t".repeat(501))
                                .build());
                clients.send(
                        Topics.of(config).name(Topic.BUNDLE_CATALOG),
                        "wide",
                        Bundle.newBuilder()
                                .setBundleId("wide")
                                .setMembers(IntStream.range(0, 65)
                                        .mapToObj(i -> new BundleMember("member-" + i, 1))
                                        .toList())
                                .setPriceMinor(900)
                                .setCurrency("GBP")
                                .build());
                clients.send(
                        Topics.of(config).name(Topic.ITEM_CATALOG),
                        "future",
                        Item.newBuilder()
                                .setItemId("future")
                                .setUpdatedAt(Long.MAX_VALUE)
                                .build());
                clients.flush();
                assertThat(checked(config)).isEqualToNormalizingNewlines("""
                    bundle-catalog bad: it cannot be decoded
                    bundle-catalog wide: it is used, but would be refused if it were new: members has 65 entries, at most 64 are accepted
                    item-catalog bad: it cannot be decoded
                    item-catalog future: it is used, but would be refused if it were new: updatedAt is 9223372036854775807, 0 to 253402300799999 is expected
                    item-catalog long: title has 501 characters, at most 500 are accepted
                    3 entries are not used as they are
                    """);
            }
        }
    }

    /** What catalog check prints, sorted and without why a record cannot be decoded. */
    private static String checked(KomboConfig config) {
        StringWriter out = new StringWriter();
        CommandLine line = KomboCommandLine.create(CommandContext.standard(Map.of(), Optional.empty()), List.of());
        line.setOut(new PrintWriter(out, true));
        int exitCode = line.execute(
                "catalog",
                "check",
                "-D",
                ServiceSettings.BOOTSTRAP_SERVERS.name() + "=" + config.get(ServiceSettings.BOOTSTRAP_SERVERS),
                "-D",
                ServiceSettings.REGISTRY_URL.name() + "=" + config.get(ServiceSettings.REGISTRY_URL));
        assertThat(exitCode).isEqualTo(1);
        return out.toString()
                .lines()
                .map(text -> text.replaceFirst("(decoded): .*", "$1"))
                .sorted(Comparator.comparing((String text) -> text.startsWith("3 "))
                        .thenComparing(text -> text))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static long dropped(KomboService service, String name) {
        return service.engine().counters().get(KomboMetric.GLOBAL_DROPPED, name, "undecodable");
    }

    private static void sendBad(KomboConfig config) throws Exception {
        Topics topics = Topics.of(config);
        Map<String, Object> settings = Map.of("bootstrap.servers", config.get(ServiceSettings.BOOTSTRAP_SERVERS));
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (String topic : List.of(
                    topics.name(Topic.PRICE_HISTORY),
                    topics.name(Topic.ITEM_CATALOG),
                    topics.name(Topic.BUNDLE_CATALOG),
                    topics.name(Topic.ACTIVE_STRATEGY),
                    topics.name(Topic.BUDGET_SPENDING),
                    topics.name(Topic.SUGGESTION_DECISION),
                    topics.name(Topic.BUNDLE_SUGGESTION),
                    topics.name(Topic.ITEM_MODEL),
                    topics.name(Topic.RANKER_MODEL))) {
                producer.send(new ProducerRecord<>(topic, "bad", "hello".getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }
}
