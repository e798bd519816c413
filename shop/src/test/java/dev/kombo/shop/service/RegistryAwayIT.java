package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that starts while the registry is away waits for it, says so, and can be stopped meanwhile. */
class RegistryAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void shouldWaitForTheRegistryAndSayThatItDoes() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"))) {
            int port;
            KomboConfig config;
            try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0)) {
                port = registry.url().getPort();
                config = KomboConfig.of(Map.of(
                        ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                        ServiceSettings.REGISTRY_URL.name(), registry.url().toString(),
                        ServiceSettings.STATE_DIR.name(),
                                folder.resolve("state").toString()));
                try (TestClients clients = new TestClients(config)) {
                    clients.createTopics(config);
                    clients.publishCatalog(4);
                    clients.flush();
                }
            }
            stopsWhileItWaits(config, port);
            try (KomboService service = new KomboService(config)) {
                CompletableFuture<Void> start = CompletableFuture.runAsync(service::start);
                awaitWaiting(service, port);
                try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), port)) {
                    assertThat(registry.url().getPort()).isEqualTo(port);
                    start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    service.awaitRunning(PATIENCE);
                    assertThat(service.waitsFor()).isEmpty();
                    assertThat(service.engine().models().catalog().item("item-3"))
                            .isNotNull();
                    assertThat(service.engine().counters().get(KomboMetric.THREADS_FAILED))
                            .isZero();
                    assertThat(service.streams().state()).isEqualTo(KafkaStreams.State.RUNNING);
                }
            }
        }
    }

    private static void stopsWhileItWaits(KomboConfig config, int port) throws Exception {
        KomboService service = new KomboService(config);
        CompletableFuture<Void> start = CompletableFuture.runAsync(service::start);
        try (service) {
            awaitWaiting(service, port);
        }
        assertThatThrownBy(() -> start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .rootCause()
                .isNotNull();
    }

    private static void awaitWaiting(KomboService service, int port) {
        Awaitility.await().atMost(PATIENCE).until(() -> service.waitsFor().contains("schema registry"));
        assertThat(service.waitsFor()).contains(":" + port);
    }
}
