package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance asks of brokers and topics before it starts. */
class TopicGuardIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void shouldRefuseTopicsThatKafkaWouldEmptyAndWaitForBrokersThatDoNotAnswer() throws Exception {
        String servers;
        Map<String, String> settings = new HashMap<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"))) {
            servers = kafka.bootstrapServers();
            settings.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), servers);
            settings.put(ServiceSettings.REGISTRY_URL.name(), "mock://topic-guard");
            settings.put(
                    ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString());
            KomboConfig config = KomboConfig.of(settings);
            try (TestClients clients = new TestClients(config);
                    KomboService service = new KomboService(config)) {
                clients.createTopics(config);
                policy(servers, "compact,delete");
                assertThatThrownBy(service::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(
                                "topic item-model has cleanup.policy compact,delete instead of compact; correct it with"
                                        + " kafka-configs.sh --bootstrap-server " + servers + " --alter --entity-type"
                                        + " topics --entity-name item-model --add-config cleanup.policy=compact")
                        .hasMessageNotContaining("topic item-catalog");
                policy(servers, "compact");
            }
        }
        // Of the admin client alone.
        settings.put("kombo.streams.admin.default.api.timeout.ms", "1000");
        settings.put("kombo.streams.admin.request.timeout.ms", "1000");
        KomboService service = new KomboService(KomboConfig.of(settings));
        CompletableFuture<Void> start;
        int port = Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
        try (ServerSocket silent = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
            start = CompletableFuture.runAsync(service::start);
            String away = "an answer of 127.0.0.1:" + silent.getLocalPort() + ": ";
            Awaitility.await().atMost(PATIENCE).until(() -> service.waitsFor().startsWith(away));
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"));
                service) {
            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            service.awaitRunning(PATIENCE);
        }
    }

    private static void policy(String servers, String policy) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "item-model");
        ConfigEntry entry = new ConfigEntry("cleanup.policy", policy);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> admin.describeConfigs(List.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get(entry.name())
                            .value()
                            .equals(policy));
        }
    }
}
