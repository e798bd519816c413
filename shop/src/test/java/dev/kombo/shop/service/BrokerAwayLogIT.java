package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.shop.kafka.ChildProcessKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance writes to its log while the only broker is away. */
@Tag("slow")
class BrokerAwayLogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern AWAY = Pattern.compile("No broker has answered for (\\d+) s");

    /** An outage long enough that the instance has spoken of it twice, a minute apart. */
    private static final int SECONDS_AWAY = 70;

    /** Per minute, of a little more than a minute. */
    private static final int MOST_LINES = 30 * 3 / 2;

    @TempDir
    Path folder;

    @Test
    void shouldSayForHowLongNoBrokerAnswersAndLittleElse() throws Exception {
        Path log = folder.resolve("log");
        try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(folder.resolve("registry"), 0)) {
            ChildProcessKafka kafka = ChildProcessKafka.start(folder.resolve("broker"), Map.of());
            Map<String, String> settings = Map.of(
                    ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                    ServiceSettings.REGISTRY_URL.name(), registry.url().toString(),
                    ServiceSettings.STATE_DIR.name(), folder.resolve("state").toString(),
                    ApiSettings.PORT.name(), "0");
            try (TestClients clients = new TestClients(KomboConfig.of(settings))) {
                clients.createTopics(KomboConfig.of(settings));
            }
            Process service = new ServiceProcess(settings, log)
                    .withOption("-Dlogback.configurationFile="
                            + Path.of("..", "streams-app", "src", "main", "resources", "logback.xml"))
                    .start();
            try {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> Files.readString(log).contains("Kombo is running"));
                int before = lines(log).size();
                kafka.kill();
                Awaitility.await().atMost(PATIENCE).until(() -> secondsAway(log) >= SECONDS_AWAY);
                List<String> written = lines(log).subList(before, lines(log).size());
                assertThat(written.stream().filter(line -> line.contains("NetworkClient")))
                        .as("lines of Kafka's clients, which say where it looks for a broker")
                        .isNotEmpty();
                assertThat(written).as("lines of little more than a minute").hasSizeLessThan(MOST_LINES);
                kafka = ChildProcessKafka.start(folder.resolve("broker"), Map.of());
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> Files.readString(log).contains("The brokers answer again, after "));
            } finally {
                service.destroyForcibly().waitFor();
                kafka.close();
            }
        }
    }

    /** The longest time for which the instance has said that no broker answered. */
    private static long secondsAway(Path log) throws IOException {
        long seconds = 0;
        for (Matcher away = AWAY.matcher(Files.readString(log)); away.find(); ) {
            seconds = Long.parseLong(away.group(1));
        }
        return seconds;
    }

    private static List<String> lines(Path log) throws IOException {
        return Files.readAllLines(log);
    }
}
