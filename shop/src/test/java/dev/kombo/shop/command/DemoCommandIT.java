package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(180)
class DemoCommandIT {
    private final ObjectMapper json = new ObjectMapper();
    private final Threads threads = new Threads();

    @TempDir
    private Path temporary;

    private String output;

    @Test
    void shouldEndByItselfWithFiguresAndGoOnWithItsDaysWhenStartedAgain() throws IOException {
        JsonNode first = demo("15s");

        assertThat(first.path("events").asLong()).isGreaterThan(100);
        assertThat(first.path("days").asDouble()).isGreaterThan(1);
        assertThat(first.path("offers").asLong()).isPositive();
        assertThat(first.path("impressions").asLong()).isPositive();
        assertThat(first.path("arms").size()).isGreaterThan(1);
        assertThat(output).doesNotContain("Earlier runs");
        threads.requireNoneLeft();

        JsonNode second = demo("8s");

        assertThat(output)
                .contains(String.format(
                        Locale.ROOT,
                        "Earlier runs made %,d offers, of which %,d were bought",
                        first.path("offers").asLong(),
                        first.path("conversions").asLong()));
        assertThat(second.path("offers").asLong()).isPositive();
        assertThat(second.path("events").asLong()).isPositive();
        threads.requireNoneLeft();
    }

    private JsonNode demo(String duration) throws IOException {
        CommandConsole console = new CommandConsole();
        Path summary = temporary.resolve("summary.json");
        int exitCode = console.run(
                "demo",
                "--duration",
                duration,
                "--shoppers",
                "300",
                "--pace",
                "500ms",
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
                .doesNotContain("do not hold all outcomes", "dead-letter");
        output = console.out.toString();
        return json.readTree(summary.toFile());
    }
}
