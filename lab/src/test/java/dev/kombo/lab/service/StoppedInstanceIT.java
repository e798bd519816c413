package dev.kombo.lab.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.lab.kafka.EmbeddedKafka;
import dev.kombo.lab.registry.EmbeddedSchemaRegistry;
import dev.kombo.service.KomboService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.TaskMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that is stopped hands its shoppers over at once, and not when its session ends. */
class StoppedInstanceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Far more than a hand-over takes on a busy machine, and far less than the session. */
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    private static final Duration SESSION = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    @Test
    void shouldLeaveItsPartitionsToTheOtherInstanceWhenItStops() {
        try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0);
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("broker"))) {
            KomboConfig first = config(kafka, registry, "first");
            try (TestClients clients = new TestClients(first)) {
                clients.createTopics(first);
            }
            Set<Integer> all = Set.of(0, 1, 2, 3);
            try (KomboService stays = KomboService.create(first)) {
                stays.start();
                try (KomboService stops = KomboService.create(config(kafka, registry, "second"))) {
                    stops.start();
                    stays.awaitRunning(PATIENCE);
                    stops.awaitRunning(PATIENCE);
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> !eventPartitions(stops).isEmpty()
                                    && eventPartitions(stays).size()
                                                    + eventPartitions(stops).size()
                                            == all.size());
                }
                Awaitility.await()
                        .atMost(AT_ONCE)
                        .untilAsserted(() -> assertThat(eventPartitions(stays)).isEqualTo(all));
            }
        }
    }

    private KomboConfig config(EmbeddedKafka kafka, EmbeddedSchemaRegistry registry, String name) {
        return KomboConfig.of(Map.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(),
                kafka.bootstrapServers(),
                ServiceSettings.REGISTRY_URL.name(),
                registry.url().toString(),
                ServiceSettings.STATE_DIR.name(),
                folder.resolve(name).toString(),
                ServiceSettings.TOPIC_PARTITIONS.name(),
                "4",
                "kombo.streams.consumer.session.timeout.ms",
                Long.toString(SESSION.toMillis())));
    }

    /** Partitions of behavior-event that an instance works on. */
    private static Set<Integer> eventPartitions(KomboService service) {
        return service.streams().metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(TaskMetadata::topicPartitions)
                .flatMap(Set::stream)
                .filter(partition -> partition.topic().equals(service.topics().behaviorEvent()))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }
}
