package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service with Confluent's serializers plugged in, as the README says, and back to Kombo's own on the same data.
 */
@Tag("real-clients")
class ConfluentServiceIT {
    private static final int ITEMS = 10;
    private static final int EVENTS = 30;
    private static final String USER = "alice";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, String> CONFLUENT = Map.of(
            ServiceSettings.SERIALIZER_CLASS.name(),
            "io.confluent.kafka.serializers.KafkaAvroSerializer",
            ServiceSettings.DESERIALIZER_CLASS.name(),
            "io.confluent.kafka.serializers.KafkaAvroDeserializer",
            KomboConfig.AVRO_PREFIX + "specific.avro.reader",
            "true");

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedSchemaRegistry registry;

    @BeforeEach
    void open() {
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
        kafka = EmbeddedKafka.start(folder.resolve("broker"));
    }

    @AfterEach
    void close() {
        kafka.close();
        registry.close();
    }

    @Test
    void shouldWorkWithConfluentsClassesAndGoOnWithItsOwnOnTheSameTopics() throws Exception {
        KomboConfig plugged = config("state-of-confluent", CONFLUENT);
        // A folder of its own: all state has to come back from what Confluent's classes wrote.
        KomboConfig own = config("state-of-kombo", Map.of());
        try (TestClients clients = new TestClients(plugged)) {
            clients.createTopics(plugged);
            clients.publishCatalog(ITEMS);
            ShopperState before = shopperAfter(0, plugged, clients);
            List<BundleOffer> offers =
                    clients.read(plugged, clients.topics().name(Topic.BUNDLE_OFFER), BundleOffer.class);
            assertThat(TestClients.events(before)).isEqualTo(EVENTS);
            assertThat(offers).isNotEmpty();

            try (TestClients ownClients = new TestClients(own)) {
                assertThat(ownClients.read(own, ownClients.topics().name(Topic.BUNDLE_OFFER), BundleOffer.class))
                        .isEqualTo(offers);
                ShopperState after = shopperAfter(EVENTS, own, ownClients);
                assertThat(TestClients.events(after)).isEqualTo(2 * EVENTS);
                assertThat(after.behavior().firstSeen())
                        .isEqualTo(before.behavior().firstSeen());
            }
        }
    }

    /** Runs the service over the next events. */
    private static ShopperState shopperAfter(int first, KomboConfig config, TestClients clients) throws Exception {
        try (KomboService service = new KomboService(config)) {
            service.start();
            service.awaitRunning(PATIENCE);
            for (int i = first; i < first + EVENTS; i++) {
                clients.send(event(i));
            }
            clients.flush();
            clients.awaitDrained(config);
            return TestClients.shopper(service, ShopperKey.ofUser(USER));
        }
    }

    private static BehaviorEvent event(int number) {
        return BehaviorEvent.newBuilder()
                .setEventId("event-" + number)
                .setUserId(USER)
                .setType(EventType.VIEW)
                .setItemId("item-" + number % ITEMS)
                // Ten seconds an event: far from a robot's rate.
                .setEventTime(1_760_000_000_000L + number * 10_000L)
                .build();
    }

    private KomboConfig config(String stateFolder, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        settings.put(ServiceSettings.REGISTRY_URL.name(), registry.url().toString());
        // An instance does not leave its group when it closes; the next one waits for this.
        settings.put("kombo.streams.consumer.session.timeout.ms", "6000");
        settings.put(
                ServiceSettings.STATE_DIR.name(), folder.resolve(stateFolder).toString());
        return KomboConfig.of(settings);
    }
}
