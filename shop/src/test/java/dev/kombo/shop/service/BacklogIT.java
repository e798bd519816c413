package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.TaskSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that have waited are ranked by what those before them taught. */
class BacklogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EVENTS = 20_000;
    private static final int ITEMS = 100;
    private static final int USERS = 1_000;

    @TempDir
    Path folder;

    @Test
    void shouldPublishWhatEventsTaughtWhileOthersWait() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"), Map.of())) {
            KomboConfig config = KomboConfig.of(Map.of(
                    ServiceSettings.BOOTSTRAP_SERVERS.name(),
                    kafka.bootstrapServers(),
                    ServiceSettings.REGISTRY_URL.name(),
                    "mock://backlog",
                    ServiceSettings.STATE_DIR.name(),
                    folder.resolve("state").toString(),
                    ServiceSettings.TOPIC_PARTITIONS.name(),
                    "1",
                    TaskSettings.ITEM_FLUSH_INTERVAL.name(),
                    "100"));
            try (TestClients clients = new TestClients(config);
                    KomboService service = new KomboService(config)) {
                clients.createTopics(config);
                clients.publishCatalog(ITEMS);
                sendViews(clients);
                service.start();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> consumed(service, clients.topics().name(Topic.ITEM_MODEL)) > 0);
                assertThat(consumed(service, clients.topics().name(Topic.BEHAVIOR_EVENT)))
                        .isBetween(1.0, EVENTS / 2.0);
            }
        }
    }

    private static void sendViews(TestClients clients) throws Exception {
        long start = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
        for (int e = 0; e < EVENTS; e++) {
            clients.send(BehaviorEvent.newBuilder()
                    .setEventId("event-" + e)
                    .setUserId("user-" + e % USERS)
                    .setType(EventType.VIEW)
                    .setItemId("item-" + e % ITEMS)
                    .setEventTime(start + 1_000L * e)
                    .build());
        }
        clients.flush();
    }

    private static double consumed(KomboService service, String topic) {
        return service.streams().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("records-consumed-total")
                        && topic.equals(metric.metricName().tags().get("topic")))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }
}
