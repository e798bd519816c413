package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.profile.ShopperKey;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop whose client is not Java's: other Kafka client, other partitioner, other Avro, other registry client. */
@Tag("real-clients")
class LibrdkafkaIT {
    private static final int ITEMS = 20;
    private static final int USERS = 40;
    private static final int EVENTS_OF_A_USER = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SCHEMA = Path.of("..", "schemas", "src", "main", "avro", "BehaviorEvent.avsc")
            .toString();

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedSchemaRegistry registry;
    private KomboConfig config;
    private TestClients clients;
    private KomboService service;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(
                PythonShop.available(),
                "skipped: needs Debian's python3-confluent-kafka, python3-avro and python3-requests");
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
        kafka = EmbeddedKafka.start(folder.resolve("broker"));
        config = KomboConfig.of(Map.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                kafka.bootstrapServers(),
                ServiceSettings.REGISTRY_URL.name(),
                registry.url().toString(),
                ServiceSettings.STATE_DIR.name(),
                folder.resolve("state").toString()));
        clients = new TestClients(config);
        clients.createTopics(config);
        clients.publishCatalog(ITEMS);
        clients.flush();
        service = new KomboService(config);
        service.start();
        service.awaitRunning(PATIENCE);
    }

    @AfterEach
    void close() {
        if (kafka != null) {
            service.close();
            clients.close();
            kafka.close();
            registry.close();
        }
    }

    @Test
    void shouldBringEventsToTheirUserAndOffersBackWhateverTheClient() throws Exception {
        PythonShop shop = new PythonShop(folder);

        List<JsonNode> delivered = shop.run(
                events(), "publish", kafka.bootstrapServers(), registry.url().toString(), SCHEMA);
        clients.awaitDrained(config);

        assertThat(delivered).hasSize(USERS * EVENTS_OF_A_USER);
        List<String> misplaced = delivered.stream()
                .filter(event -> event.path("partition").asInt()
                        != partitionOf(event.path("user").asText()))
                .map(event -> event.path("user").asText())
                .sorted()
                .toList();
        assertThat(misplaced)
                .as("events that librdkafka puts elsewhere than Java")
                .hasSizeGreaterThan(USERS);
        assertThat(clients.read(config, clients.topics().name(Topic.BEHAVIOR_EVENT_REKEYED), BehaviorEvent.class))
                .extracting(BehaviorEvent::getUserId)
                .as("the second hop, of those and no others")
                .containsExactlyInAnyOrderElementsOf(misplaced);
        for (int i = 0; i < USERS; i++) {
            assertThat(acceptedEvents(user(i))).as(user(i)).isEqualTo(EVENTS_OF_A_USER);
        }
        assertThat(offersReadBy(shop)).isNotEmpty().isEqualTo(offersReadByJava());
    }

    private static List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (int i = 0; i < USERS * EVENTS_OF_A_USER; i++) {
            ObjectNode event = PythonShop.JSON.createObjectNode();
            event.put("eventId", "event-" + i);
            event.put("userId", user(i % USERS));
            event.put("type", "VIEW");
            event.put("itemId", "item-" + (i * 7) % ITEMS);
            event.put("eventTime", 1_760_000_000_000L + i * 1000L);
            events.add(event);
        }
        return events;
    }

    /** Not ASCII alone, as the key's bytes decide. */
    private static String user(int number) {
        return "zoë-" + number;
    }

    /** Where Java's client puts a key, and where Kombo keeps the profile. */
    private int partitionOf(String user) {
        return Utils.toPositive(Utils.murmur2(user.getBytes(StandardCharsets.UTF_8)))
                % config.get(ServiceSettings.TOPIC_PARTITIONS);
    }

    /** Events in the profile that the task of the user's partition keeps. */
    private int acceptedEvents(String user) {
        return TestClients.events(TestClients.shopper(service, ShopperKey.ofUser(user)));
    }

    private Map<String, JsonNode> offersReadBy(PythonShop shop) throws Exception {
        Map<String, JsonNode> offers = new HashMap<>();
        for (JsonNode record : shop.run(
                List.of(),
                "read",
                kafka.bootstrapServers(),
                registry.url().toString(),
                clients.topics().name(Topic.BUNDLE_OFFER))) {
            JsonNode offer = record.path("value");
            assertThat(record.path("key").asText())
                    .isEqualTo(offer.path("userId").asText());
            assertThat(record.path("partition").asInt())
                    .isEqualTo(partitionOf(record.path("key").asText()));
            offers.put(offer.path("offerId").asText(), offer);
        }
        return offers;
    }

    private Map<String, JsonNode> offersReadByJava() throws Exception {
        Map<String, JsonNode> offers = new HashMap<>();
        for (BundleOffer offer : clients.read(config, clients.topics().name(Topic.BUNDLE_OFFER), BundleOffer.class)) {
            offers.put(offer.getOfferId(), PythonShop.JSON.readTree(offer.toString()));
        }
        return offers;
    }
}
