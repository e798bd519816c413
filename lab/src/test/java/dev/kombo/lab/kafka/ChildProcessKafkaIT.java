package dev.kombo.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        try (ChildProcessKafka broker = ChildProcessKafka.start(folder)) {
            String address = broker.bootstrapServers();
            Records.createTopic(broker, TOPIC);
            Records.send(broker, TOPIC, values);

            broker.kill();
            assertThat(broker.isRunning()).isFalse();
            broker.restart();

            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(Records.readCommitted(broker, TOPIC)).isEqualTo(values);

            assertThatThrownBy(() -> ChildProcessKafka.start(folder))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("already running on " + folder.toRealPath());
            assertThat(Records.readCommitted(broker, TOPIC)).hasSize(values.size());

            broker.stop();
            broker.stop();
            assertThat(broker.isRunning()).isFalse();
        }
    }

    @Test
    void shouldEndWhenItsParentIsGone() throws Exception {
        BrokerOptions options = new BrokerOptions(Ports.findFree(0), Map.of("num.io.threads", "2"));
        Process child = new ProcessBuilder(ChildProcessKafka.command(folder, options))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(child.inputReader(StandardCharsets.UTF_8).readLine())
                    .isEqualTo(BrokerProcess.READY + "127.0.0.1:" + options.port());
            // What the system does to the pipe when the parent ends.
            child.getOutputStream().close();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isZero();
        } finally {
            child.destroyForcibly();
        }
    }
}
