package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
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
        KomboConfig first = config("first");
        try (TestClients clients = new TestClients(first)) {
            clients.createTopics(first);
        }
        Set<Integer> all = Set.of(0, 1, 2, 3);
        try (KomboService stays = new KomboService(first)) {
            stays.start();
            try (KomboService stops = new KomboService(config("second"))) {
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

    private KomboConfig config(String name) {
        return KomboConfig.of(TestCluster.shared()
                .settings(
                        "stopped",
                        folder.resolve(name),
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
                .filter(partition ->
                        partition.topic().equals(service.engine().topics().name(Topic.BEHAVIOR_EVENT)))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }
}
