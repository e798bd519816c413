package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strategies on a real broker: none of a burst is lost, and a new instance knows from the start which one is active.
 */
class StrategyIT {
    private static final int BURST = 1_200;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void shouldRejectEachOfABurstAndStartWithTheActiveOne() throws Exception {
        KomboConfig config = config("first");
        try (TestClients clients = new TestClients(config)) {
            clients.createTopics(config);
            try (KomboService service = started(config)) {
                publish(clients, strategy(1, "spring", 1));
                publish(clients, strategy(2, "summer", 1));
                for (int i = 0; i < BURST; i++) {
                    publish(clients, strategy(3 + i, "invalid", 0.5));
                }
                publish(clients, strategy(3, "summer", 1));
                clients.flush();
                await().atMost(PATIENCE).until(() -> version(service) == 3);
                assertThat(clients.read(config, clients.topics().name(Topic.REJECTED_EVENT), RejectedEvent.class))
                        .hasSize(BURST);
            }
            // Nothing on disk: its stores come back from the broker.
            try (KomboService service = new KomboService(config("second"))) {
                service.start();
                assertThat(version(service)).as("before the first event").isEqualTo(3);
                service.awaitRunning(PATIENCE);
                publish(clients, strategy(4, "spring", 1));
                publish(clients, strategy(4, "autumn", 1));
                clients.flush();
                await().atMost(PATIENCE).until(() -> version(service) == 4);
                assertThat(clients.read(config, clients.topics().name(Topic.REJECTED_EVENT), RejectedEvent.class))
                        .hasSize(BURST + 1)
                        .last()
                        .satisfies(rejected -> assertThat(rejected.getDetail()).startsWith("salt spring is used up"));
                assertThat(clients.read(config, clients.topics().name(Topic.ACTIVE_STRATEGY), Strategy.class))
                        .extracting(Strategy::getSalt)
                        .containsExactly("spring", "summer", "summer", "autumn");
            }
        }
    }

    private static KomboService started(KomboConfig config) {
        KomboService service = new KomboService(config);
        service.start();
        service.awaitRunning(PATIENCE);
        return service;
    }

    private static long version(KomboService service) {
        return service.engine().models().strategy().plan().version();
    }

    private static void publish(TestClients clients, Strategy strategy) {
        clients.send(clients.topics().name(Topic.STRATEGY), "default", strategy);
    }

    private static Strategy strategy(long version, String salt, double share) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt(salt)
                .setArms(List.of(StrategyArm.newBuilder()
                        .setName("offers")
                        .setKind(ArmKind.TREATMENT)
                        .setShare(share)
                        .build()))
                .build();
    }

    private KomboConfig config(String stateFolder) {
        return KomboConfig.of(TestCluster.shared()
                .settings(
                        "strategy",
                        folder.resolve(stateFolder),
                        // Rejections keep their order.
                        ServiceSettings.TOPIC_PARTITIONS.name(),
                        "1",
                        "kombo.streams.consumer.session.timeout.ms",
                        "6000"));
    }
}
