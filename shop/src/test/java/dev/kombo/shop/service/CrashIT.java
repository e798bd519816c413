package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.SessionMerge;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service killed in the middle of its work: what only a real broker can show. */
class CrashIT {
    private static final int EVENTS = 12_000;
    private static final int USERS = 60;
    private static final int ITEMS = 40;
    private static final int SESSIONS = 1_000;
    private static final int VIEWS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedSchemaRegistry registry;
    private KomboConfig config;
    private TestClients clients;
    private Process killed;

    @BeforeEach
    void open() {
        registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
        kafka = EmbeddedKafka.start(folder.resolve("broker"));
        config = KomboConfig.of(settings());
        clients = new TestClients(config);
        clients.createTopics(config);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        settings.put(ServiceSettings.REGISTRY_URL.name(), registry.url().toString());
        settings.put(ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString());
        settings.put(ApiSettings.PORT.name(), "0");
        settings.put("kombo.streams.consumer.session.timeout.ms", "6000");
        return settings;
    }

    @AfterEach
    void close() {
        if (killed != null) {
            killed.destroyForcibly();
        }
        clients.close();
        kafka.close();
        registry.close();
    }

    /** Stores may become transactional, or no longer be, at any start. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCountEachEventOnceAndRebuildTheIndexWhenTheServiceIsKilledAndRestarted(boolean transactionalAfterwards)
            throws Exception {
        clients.publishCatalog(ITEMS);
        killed = new ServiceProcess(settings(), folder.resolve("service.out")).start();
        for (int i = 0; i < EVENTS; i++) {
            clients.send(event(i));
        }
        clients.flush();
        Awaitility.await().atMost(PATIENCE).until(() -> clients.committed(config) > EVENTS / 10 || !killed.isAlive());
        assertThat(killed.isAlive()).as("the service, see service.out").isTrue();
        killed.destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(clients.committed(config)).as("events committed at the kill").isLessThan(EVENTS);

        Map<String, String> afterwards = settings();
        afterwards.put(ServiceSettings.TRANSACTIONAL_STORES.name(), Boolean.toString(transactionalAfterwards));
        config = KomboConfig.of(afterwards);
        Set<JsonNode> learned;
        try (KomboService service = started()) {
            clients.awaitDrained(config);
            awaitPublished(service);
            assertThat(acceptedEvents(service)).isEqualTo(EVENTS);
            assertThat(interactions(service)).isEqualTo(EVENTS);
            learned = learned(service);
        }
        assertThat(duplicateOffers()).isEmpty();
        config = KomboConfig.of(settings());
        try (KomboService service = started()) {
            assertThat(acceptedEvents(service)).isEqualTo(EVENTS);
            assertThat(learned(service)).isEqualTo(learned);
        }
    }

    @Test
    void shouldHandOverEachSessionOnceWhenTheServiceIsKilledMeanwhile() throws Exception {
        clients.publishCatalog(ITEMS);
        killed = new ServiceProcess(settings(), folder.resolve("service.out")).start();
        for (int i = 0; i < SESSIONS * VIEWS; i++) {
            clients.send(visit(i));
        }
        clients.flush();
        // A login must find its session, which is on another partition.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> clients.committed(config) == SESSIONS * VIEWS || !killed.isAlive());
        for (int i = 0; i < SESSIONS; i++) {
            clients.send(login(i));
        }
        clients.flush();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> clients.committed(config) > SESSIONS * VIEWS || !killed.isAlive());
        assertThat(killed.isAlive()).as("the service, see service.out").isTrue();
        killed.destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(handedOver()).as("sessions handed over at the kill").hasSizeLessThan(SESSIONS);

        try (KomboService service = started()) {
            clients.awaitDrained(config);
            Map<String, Long> events = new HashMap<>();
            TestClients.shoppers(service)
                    .forEach((key, shopper) -> events.put(key, (long) TestClients.events(shopper)));
            assertThat(events).hasSize(SESSIONS);
            assertThat(events.keySet()).as("sessions are gone").allMatch(key -> key.startsWith("u:"));
            assertThat(events.values()).containsOnly(VIEWS + 1L);
        }
        assertThat(handedOver()).as("each once").hasSize(SESSIONS).doesNotHaveDuplicates();
    }

    private List<String> handedOver() {
        return clients.read(config, clients.topics().name(Topic.SESSION_MERGE), SessionMerge.class).stream()
                .filter(merge -> merge.getShopper() != null)
                .map(SessionMerge::getSessionId)
                .toList();
    }

    private static BehaviorEvent visit(int i) {
        return BehaviorEvent.newBuilder()
                .setEventId("view-" + i)
                .setSessionId("visit-" + i % SESSIONS)
                .setType(EventType.VIEW)
                .setItemId("item-" + i % ITEMS)
                .setEventTime(1_760_000_000_000L + (long) (i / SESSIONS) * 10_000)
                .build();
    }

    private static BehaviorEvent login(int session) {
        return BehaviorEvent.newBuilder()
                .setEventId("login-" + session)
                .setUserId("user-" + session)
                .setSessionId("visit-" + session)
                .setType(EventType.ADD_TO_CART)
                .setItemId("item-" + session % ITEMS)
                .setEventTime(1_760_000_000_000L + 60_000)
                .build();
    }

    private KomboService started() {
        KomboService service = new KomboService(config);
        service.start();
        service.awaitRunning(PATIENCE);
        return service;
    }

    /** User u views items in turn; the event ids say so. */
    private static BehaviorEvent event(int i) {
        return BehaviorEvent.newBuilder()
                .setEventId("event-" + i)
                .setUserId("user-" + i % USERS)
                .setType(EventType.VIEW)
                .setItemId("item-" + (i * 7 + i / USERS) % ITEMS)
                // Ten seconds an event of a user: far from a robot's rate.
                .setEventTime(1_760_000_000_000L + (long) (i / USERS) * 10_000)
                .build();
    }

    private static long acceptedEvents(KomboService service) {
        return TestClients.shoppers(service).values().stream()
                .mapToLong(TestClients::events)
                .sum();
    }

    private static long interactions(KomboService service) {
        long interactions = 0;
        for (int i = 0; i < ITEMS; i++) {
            // What was published reaches the index a moment later.
            EntityModel model = service.engine().models().catalog().model(Entity.ofItem("item-" + i));
            interactions += model == null ? 0 : model.interactions();
        }
        return interactions;
    }

    /** Items and bundles with what was learned of each, whatever their ordinals are this time. */
    private static Set<JsonNode> learned(KomboService service) {
        CatalogIndex catalog = service.engine().models().catalog();
        // Bundles may not have followed their members yet.
        service.engine().models().writableCatalog().refresh();
        ObjectMapper json = new ObjectMapper();
        Set<JsonNode> learned = new HashSet<>();
        for (int i = 0; i < catalog.itemCount(); i++) {
            ItemEntry entry = catalog.itemAt(i);
            learned.add(json.valueToTree(Arrays.asList(entry.item(), entry.model())));
        }
        for (int b = 0; b < catalog.bundleCount(); b++) {
            BundleEntry entry = catalog.bundle(b);
            if (entry != null) {
                learned.add(json.valueToTree(Arrays.asList(
                        entry.bundle(), entry.model(), entry.terms().sellable(), entry.logPopularityLong())));
            }
        }
        return learned;
    }

    private static void awaitPublished(KomboService service) {
        Awaitility.await().atMost(PATIENCE).until(() -> interactions(service) >= EVENTS);
    }

    private Set<String> duplicateOffers() {
        List<BundleOffer> offers = clients.read(config, clients.topics().name(Topic.BUNDLE_OFFER), BundleOffer.class);
        assertThat(offers).isNotEmpty();
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (BundleOffer offer : offers) {
            if (!seen.add(offer.getOfferId())) {
                twice.add(offer.getOfferId());
            }
        }
        return twice;
    }
}
