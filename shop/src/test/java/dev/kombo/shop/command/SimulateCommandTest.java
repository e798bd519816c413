package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SimulateCommandTest {
    private final CommandConsole console = new CommandConsole();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintAndWriteWhatTheSeedsCameTo() throws IOException {
        Path summary = folder.resolve("summary.json");

        assertThat(simulate(
                        "--users=150",
                        "--days=24",
                        "--acceptance=0.1",
                        "--seed=5",
                        "--seeds=2",
                        "--summary=" + summary))
                .as(console.err.toString())
                .isZero();

        JsonNode written = new ObjectMapper().readTree(summary.toFile());
        assertThat(written.fieldNames())
                .toIterable()
                .contains("trueUplift", "reportedUplift", "popularityUplift", "oracleUplift", "settings", "runs");
        assertThat(written.path("reportedUplift").fieldNames()).toIterable().contains("estimate", "low", "high");
        JsonNode runs = written.path("runs");
        assertThat(runs).extracting(run -> run.path("seed").asInt()).containsExactly(5, 6);
        assertThat(written.path("oracleUplift").asDouble())
                .isEqualTo((runs.get(0).path("oracleUplift").asDouble()
                                + runs.get(1).path("oracleUplift").asDouble())
                        / 2);
        assertThat(written.at("/settings/users").asText()).isEqualTo("150");
        assertThat(runs.get(0).at("/counts/events").asInt()).isPositive();
        assertThat(console.out.toString())
                .contains("holdout")
                .contains("popularity")
                .contains("treatment")
                .contains("\nmean ");
    }

    @Test
    void shouldRunAnotherExperiment() throws IOException {
        Path strategy = Files.writeString(folder.resolve("strategy.json"), """
                {"version": 1, "salt": "two", "arms": [
                  {"name": "none", "kind": "HOLDOUT", "share": 0.5},
                  {"name": "bold", "kind": "TREATMENT", "share": 0.5, "objective": "MARGIN"}]}
                """);
        Path summary = folder.resolve("summary.json");

        assertThat(simulate("--users=60", "--days=12", "--strategy=" + strategy, "--summary=" + summary))
                .as(console.err.toString())
                .isZero();

        JsonNode written = new ObjectMapper().readTree(summary.toFile());
        assertThat(written.at("/runs/0/arms").fieldNames()).toIterable().containsExactly("none", "bold");
        assertThat(written.path("popularityUplift").isNull()).isTrue();
        assertThat(written.at("/settings/strategy").asText()).isEqualTo("strategy.json");
    }

    @Test
    void shouldNameTheMistake() throws IOException {
        assertMistake("--users is 0, 1 to 100000 is expected", "--users=0");
        assertMistake("--days is 1, 2 to 3650 is expected", "--days=1");
        assertMistake("--warm-up is 30, 0 to 29 is expected", "--days=30", "--warm-up=30");
        assertMistake("--seeds is 0, 1 to 100 is expected", "--seeds=0");
        assertMistake("--seed is 9223372036854775807, which leaves no 2", "--seed=9223372036854775807", "--seeds=2");
        assertMistake("--acceptance is 0.9, expected above 0 to 0.5", "--acceptance=0.9");
        assertMistake("--acceptance is NaN, expected above 0 to 0.5", "--acceptance=NaN");
        assertMistake("--basket", "--basket=huge");
        assertMistake("--objective", "--objective=happiness");
        assertMistake("--objective is unknown", "--objective=unknown");
        assertMistake("no such file: nowhere.json", "--strategy=nowhere.json");
        assertMistake("no such folder for --summary", "--summary=" + folder.resolve("none/s.json"));
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        assertMistake(other + " is not JSON", "--strategy=" + other);
        Path half = Files.writeString(
                folder.resolve("half.json"),
                "{\"version\": 1, \"salt\": \"s\", \"arms\": [{\"name\": \"a\", \"kind\": \"HOLDOUT\", \"share\": 0.5}]}");
        assertMistake(half + ": shares sum to 0.5 instead of 1", "--strategy=" + half);
        assertMistake("--objective does not go with --strategy", "--strategy=" + half, "--objective=margin");
        assertMistake("unknown option --user", "--user=1");
        assertMistake("kombo.offer.size", "-Dkombo.offer.size=0");
    }

    private int simulate(String... more) {
        String[] arguments = Arrays.copyOf(new String[] {"simulate", "--no-progress"}, 2 + more.length);
        System.arraycopy(more, 0, arguments, 2, more.length);
        return console.run(arguments);
    }

    private void assertMistake(String part, String... more) {
        console.err.getBuffer().setLength(0);
        assertThat(simulate(more)).as(console.err.toString()).isEqualTo(2);
        assertThat(console.err.toString().lines()).hasSize(1);
        assertThat(console.err.toString()).contains(part);
    }
}
