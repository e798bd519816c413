package dev.kombo.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DemoCommandIT {
    private final ObjectMapper json = new ObjectMapper();
    private final Threads threads = new Threads();

    @TempDir
    private Path temporary;

    @Test
    void shouldEndByItselfWithFiguresAndGoOnWithThemWhenStartedAgain() throws IOException {
        JsonNode first = demo("10s");

        assertThat(first.path("events").asLong()).isGreaterThan(500);
        assertThat(first.path("offers").asLong()).isPositive();
        assertThat(first.path("impressions").asLong()).isPositive();
        assertThat(first.path("arms").size()).isGreaterThan(1);
        threads.requireNoneLeft();

        JsonNode second = demo("3s");

        assertThat(second.path("offers").asLong())
                .isGreaterThan(first.path("offers").asLong());
        threads.requireNoneLeft();
    }

    private JsonNode demo(String duration) throws IOException {
        LabConsole console = new LabConsole();
        Path summary = temporary.resolve("summary.json");
        int exitCode = console.run(
                "demo",
                "--duration",
                duration,
                "--data",
                temporary.resolve("data").toString(),
                "--port",
                "0",
                "--summary",
                summary.toString());
        assertThat(exitCode).as(console.err.toString()).isZero();
        assertThat(console.err.toString()).isEmpty();
        assertThat(console.out.toString())
                .contains("Query API: http://127.0.0.1:")
                .contains("Kafka: 127.0.0.1:", "schema registry: http://127.0.0.1:")
                .contains("(figures of the service's report)");
        return json.readTree(summary.toFile());
    }
}
