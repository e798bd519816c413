package dev.kombo.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short simulation with the real service on a real broker. */
@Timeout(180)
class SimulateCommandIT {
    private final Threads threads = new Threads();

    @TempDir
    private Path folder;

    @Test
    void shouldReportWhatTheShopCounted() throws IOException {
        LabConsole console = new LabConsole();
        Path summary = folder.resolve("summary.json");

        assertThat(console.run(
                        "simulate",
                        "--users=200",
                        "--days=10",
                        "--warm-up=2",
                        "--acceptance=0.2",
                        "--no-progress",
                        "--data=" + folder.resolve("data"),
                        "--summary=" + summary))
                .as(console.err.toString())
                .isZero();

        JsonNode run = new ObjectMapper().readTree(summary.toFile()).at("/runs/0");
        for (JsonNode arm : run.path("arms")) {
            JsonNode counted = arm.path("counted");
            JsonNode reported = arm.path("reported");
            for (String figure : List.of("users", "offers", "impressions", "clicks", "purchases", "revenueMinor")) {
                assertThat(reported.path(figure)).as(figure).isEqualTo(counted.path(figure));
            }
            assertThat(reported.path("conversions").asInt())
                    .isGreaterThanOrEqualTo(counted.path("conversions").asInt());
        }
        assertThat(run.at("/arms/holdout/revenueMinor")).isEqualTo(run.at("/arms/holdout/withoutOffersMinor"));
        assertThat(run.at("/arms/holdout/users").asInt()).isPositive();
        assertThat(run.at("/arms/treatment/counted/impressions").asInt()).isGreaterThan(10);
        assertThat(run.at("/counts/conversions").asInt()).isPositive();
        threads.requireNoneLeft();
    }
}
