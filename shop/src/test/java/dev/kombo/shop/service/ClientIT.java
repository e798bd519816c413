package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.EventPublisher;
import dev.kombo.client.OfferConsumers;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop's service with the module client and nothing else, against the service. */
class ClientIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void shouldPublishEventsAndReadOffersAndTheCurrentOne() throws Exception {
        TestCluster cluster = TestCluster.shared();
        KomboConfig config = KomboConfig.of(cluster.settings("client", folder, OfferSettings.CURRENT.name(), "true"));
        try (TestClients clients = new TestClients(config);
                KomboService service = new KomboService(config)) {
            clients.createTopics(config);
            clients.publishCatalog(6);
            clients.flush();
            service.start();
            service.awaitRunning(PATIENCE);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> service.engine().models().catalog().item("item-5") != null);

            exchange(Map.of(
                    "bootstrap.servers",
                    cluster.bootstrapServers(),
                    "schema.registry.url",
                    cluster.registryUrl(),
                    "kombo.topic.prefix",
                    "client-",
                    "group.id",
                    "my-shop",
                    "auto.offset.reset",
                    "earliest"));
        }
    }

    /** Enough users that one at least is not in the holdout. */
    private static void exchange(Map<String, ?> settings) throws Exception {
        Map<String, BundleOffer> offers = new HashMap<>();
        Map<String, BundleOffer> current = new HashMap<>();
        try (EventPublisher publisher = new EventPublisher(settings);
                Consumer<String, BundleOffer> all = OfferConsumers.offers(settings);
                Consumer<String, BundleOffer> latest = OfferConsumers.currentOffers(settings)) {
            for (int user = 0; user < 20; user++) {
                publisher
                        .send(BehaviorEvent.newBuilder()
                                .setEventId("e-" + user)
                                .setUserId("user-" + user)
                                .setType(EventType.OFFER_REQUEST)
                                .setPlacement("cart")
                                .setEventTime(1_760_000_000_000L + user)
                                .build())
                        .get();
            }
            Awaitility.await().atMost(PATIENCE).until(() -> {
                all.poll(Duration.ofMillis(200))
                        .forEach(offer -> offers.put(
                                OfferConsumers.currentOfferKey(
                                        offer.key(), offer.value().getPlacement()),
                                offer.value()));
                latest.poll(Duration.ofMillis(200)).forEach(offer -> current.put(offer.key(), offer.value()));
                return offers.size() > 5 && offers.equals(current);
            });
        }
        assertThat(offers.values()).allMatch(offer -> offer.getExpiresAt() > offer.getOfferedAt());
    }
}
