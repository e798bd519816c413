package dev.kombo.shop.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.shop.process.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessKafkaIT {

    private static final String TOPIC = "behavior-event";

    @TempDir
    Path folder;

    @Test
    void shouldKeepAcknowledgedRecordsWhenKilled() throws Exception {
        List<String> values =
                IntStream.range(0, 5_000).mapToObj(i -> "event-" + i).toList();
        String address;
        try (ChildProcessKafka broker = ChildProcessKafka.start(folder, Map.of())) {
            address = broker.bootstrapServers();
            Records.createTopic(broker.bootstrapServers(), TOPIC);
            Records.send(broker.bootstrapServers(), TOPIC, values);
            broker.kill();
            assertThat(broker.process().isAlive()).isFalse();
        }
        ChildProcessKafka again = ChildProcessKafka.start(folder, Map.of());
        try (again) {
            assertThat(again.bootstrapServers()).isEqualTo(address);
            assertThat(Records.readCommitted(again.bootstrapServers(), TOPIC)).isEqualTo(values);
        }
        assertThat(again.process().isAlive()).isFalse();
        again.close();
    }

    @Test
    void shouldEndWhenItsParentIsGone() throws Exception {
        ChildJvm child = ChildJvm.start(
                ChildProcessKafka.class.getName(),
                "512m",
                List.of(folder.toString(), "num.io.threads=2"),
                folder.resolve("broker.out"),
                true);
        try (child) {
            assertThat(child.process().inputReader(StandardCharsets.UTF_8).readLine())
                    .startsWith("127.0.0.1:");
            // What the system does to the pipe when the parent ends.
            child.process().getOutputStream().close();
            assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
