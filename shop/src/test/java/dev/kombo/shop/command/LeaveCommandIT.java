package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A named member of the group that is gone, with a session that would last for half an hour. */
@Timeout(90)
class LeaveCommandIT {
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    @Test
    void shouldLetOthersTakeOverAtOnce() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            KomboConfig config =
                    KomboConfig.of(Map.of(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers()));
            String topic = Topics.of(config).name(Topic.BEHAVIOR_EVENT);
            try (TopicAdmin admin = new TopicAdmin(config)) {
                admin.createMissing(Topics.of(config).all());
            }
            int partitions;
            try (KafkaConsumer<String, String> gone = member(config, "pod-3-1")) {
                partitions = gone.partitionsFor(topic).size();
                gone.subscribe(List.of(topic));
                while (gone.assignment().isEmpty()) {
                    gone.poll(POLL);
                }
            }
            assertThat(leave(kafka, "pod").err.toString()).contains("no member named pod");
            assertThat(leave(kafka, "pod-3").out.toString()).contains("pod-3 left kombo, with 1 threads.");
            try (KafkaConsumer<String, String> other = member(config, "pod-2-1")) {
                other.subscribe(List.of(topic));
                while (other.assignment().size() < partitions) {
                    other.poll(POLL);
                }
                assertThat(leave(kafka, "pod-3").err.toString()).contains("no member named pod-3");
            }
        }
    }

    private static KafkaConsumer<String, String> member(KomboConfig config, String name) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        config.get(ServiceSettings.BOOTSTRAP_SERVERS),
                        "group.id",
                        config.get(ServiceSettings.APPLICATION_ID),
                        "group.instance.id",
                        name,
                        "session.timeout.ms",
                        "1800000",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static CommandConsole leave(EmbeddedKafka kafka, String name) {
        CommandConsole console = new CommandConsole();
        console.run("leave", name, "--set", ServiceSettings.BOOTSTRAP_SERVERS.name() + "=" + kafka.bootstrapServers());
        return console;
    }
}
