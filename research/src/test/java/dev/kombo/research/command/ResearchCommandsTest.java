package dev.kombo.research.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.shop.command.CommandConsole;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResearchCommandsTest {
    private final CommandConsole console = new CommandConsole();

    @TempDir
    private Path temporary;

    @Test
    void shouldStandBesideTheCommandsOfTheServiceAndOfAShop() {
        assertThat(console.run("--help")).isZero();
        assertThat(console.out.toString()).contains("bench", "demo", "topics");
        assertThat(console.run("evaluate", "--help")).isZero();
        assertThat(console.run("tune", "--help")).isZero();
        assertThat(console.run("bench", "--help")).isZero();
        assertThat(console.out.toString()).contains("--pairs");
    }

    @Test
    void shouldNameTheMistakeOfABenchmark() {
        assertMistake("--events is 5, 100 to 10000000 is expected", "bench", "--events", "5");
        assertMistake(
                "--users with --sessions is 500, 2000 to 10000000 is expected",
                "bench",
                "--sessions",
                "--users",
                "500");
        assertMistake("--slots is 1.5, expected 0 to 1", "bench", "--slots", "1.5");
        assertMistake("--latency is 0, 1 to 100000 is expected", "bench", "--latency", "0");
        assertMistake("--latency is 100001, 1 to 100000 is expected", "bench", "--latency", "50,100001");
        assertMistake("--age is 7, 100 to 10000000 is expected", "bench", "--age", "1000,7");
        assertMistake(
                "no such folder for --summary",
                "bench",
                "--summary",
                temporary.resolve("none/s.json").toString());
        assertMistake("--against " + temporary + " is neither", "bench", "--against", temporary.toString());
        assertMistake("--against measures neither", "bench", "--against", "some.jar", "--age", "1000");
        assertMistake("--against measures neither", "bench", "--against", "some.jar", "--take-over");
        assertMistake(
                "--restart with --against measures one instance",
                "bench",
                "--against",
                "some.jar",
                "--restart",
                "--instances",
                "2");
        assertMistake("--pairs is 0, 1 to 100 is expected", "bench", "--against", "some.jar", "--pairs", "0");
        assertMistake("bench chooses kombo.bootstrap.servers itself", "bench", "-Dkombo.bootstrap.servers=x:1");
        assertMistake("kombo.offer.size", "bench", "-Dkombo.offer.size=0");
    }

    private void assertMistake(String part, String... arguments) {
        console.err.getBuffer().setLength(0);
        assertThat(console.run(arguments)).as(console.err.toString()).isEqualTo(2);
        assertThat(console.err.toString().lines()).hasSize(1);
        assertThat(console.err.toString()).contains(part);
    }
}
