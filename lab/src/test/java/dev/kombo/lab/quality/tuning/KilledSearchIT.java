package dev.kombo.lab.quality.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search whose process is killed (SIGKILL) in the middle, and gone on with. */
@Timeout(120)
class KilledSearchIT {
    @TempDir
    private Path folder;

    private final Searches searches = new Searches();

    @Test
    void shouldEndAsIfItHadNotBeenKilled() throws Exception {
        SearchResult expected =
                searches.search(Searches.SMALL, searches.trial(), folder.resolve("whole.jsonl"), 1e5, 1);
        Path file = folder.resolve("killed.jsonl");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledSearch.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.out").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !process.isAlive() || lines(file) > 5);
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        long kept = lines(file) - 1;
        assertThat(kept).as("killed in the middle").isBetween(5L, expected.trials() - 1L);
        searches.runs.set(0);

        SearchResult resumed = searches.search(Searches.SMALL, searches.trial(), file, 1e5, 2);

        assertThat(resumed).isEqualTo(expected);
        assertThat(searches.runs.get()).isEqualTo((int) (expected.trials() - kept));
    }

    /** Whole lines of a file that may not be there yet. */
    private static long lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).chars().filter(c -> c == '\n').count()
                : 0;
    }
}
