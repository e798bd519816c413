package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopCommandsTest {
    private final CommandConsole console = new CommandConsole();

    @TempDir
    private Path temporary;

    @Test
    void shouldOfferDemoAndReplayBesideTheServicesCommands() {
        assertThat(console.run("--help")).isZero();
        assertThat(console.out.toString()).contains("demo").contains("replay").contains("topics");
        assertThat(console.run("demo", "--help")).isZero();
        assertThat(console.run("shop", "--help")).isZero();
        assertThat(console.run("replay", "--version")).isZero();
        assertThat(console.run("simulate", "--help")).isZero();
        assertThat(console.out.toString()).contains("--duration=TIME");
    }

    @Test
    void shouldCompleteTheseCommandsToo() {
        assertThat(console.run("completion")).isZero();
        assertThat(console.out.toString()).contains("demo").contains("--shoppers");
    }

    @Test
    void shouldNameTheMistakeOfAReplay() throws IOException {
        Path file = Files.writeString(temporary.resolve("rows.csv"), "a\n");

        assertMistake("unknown format parquet", "replay", "--format", "parquet", "--file", file.toString());
        assertMistake(
                "no such file: " + temporary.resolve("none"),
                replay("--file", temporary.resolve("none").toString()));
        assertMistake("expected max or a factor", replay("--file", file.toString(), "--speed", "fast"));
        assertMistake("--data needs --embedded", replay("--file", file.toString(), "--data", "x"));
        assertMistake("format csv needs a column mapping", "replay", "--format", "csv", "--file", file.toString());
        assertMistake("Missing required option", "replay", "--format", "online-retail");
        assertMistake(
                "no such folder for --summary",
                replay(
                        "--file",
                        file.toString(),
                        "--summary",
                        temporary.resolve("none/s.json").toString()));
        assertMistake(
                "--embedded brings its own kombo.bootstrap.servers",
                replay("--file", file.toString(), "--embedded", "-Dkombo.bootstrap.servers=x:1"));
    }

    @Test
    void shouldNameTheMistakeOfADemo() {
        assertMistake("'soon' is not a duration such as 60s", "demo", "--duration", "soon");
        assertMistake("--shoppers is 0, 1 to 100000 is expected", "demo", "--shoppers", "0");
        assertMistake("kombo.api.port", "demo", "--port", "70000");
        assertMistake("demo brings its own kombo.bootstrap.servers", "demo", "-Dkombo.bootstrap.servers=x:1");
        assertMistake("unknown option --sed, did you mean --seed?", "demo", "--sed", "1");
    }

    @Test
    void shouldNameTheMistakeOfASimulation() {
        assertMistake("--users is 0, 1 to 100000 is expected", "simulate", "--users", "0");
        assertMistake("--acceptance is 0.7, expected above 0 to 0.5", "simulate", "--acceptance", "0.7");
        assertMistake("--days is 1, 2 to 3650 is expected", "simulate", "--days", "1");
    }

    @Test
    void shouldNameTheMistakeOfAShop() {
        assertMistake("--pace is 1 ms, 100ms to 24h is expected", "shop", "--pace", "1ms");
        assertMistake("no such file: nowhere.properties", "shop", "--config", "nowhere.properties");
        assertMistake(
                "no such folder for --summary",
                "shop",
                "--summary",
                temporary.resolve("none/s.json").toString());
    }

    @Test
    void shouldSayThatNoBrokerAnswersWhenAShopHasNone() {
        assertThat(console.run("shop", "-D", "kombo.bootstrap.servers=127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(console.err.toString()).contains("no broker answers at 127.0.0.1:1");
    }

    @Test
    void shouldNotStartOnAFolderThatIsInUse() {
        Path data = temporary.resolve("data");
        try (DataFolder held = DataFolder.take(data, false)) {
            assertMistake(
                    "is in use by another Kombo", "demo", "--data", held.path().toString());
        }
    }

    private void assertMistake(String part, String... arguments) {
        console.err.getBuffer().setLength(0);
        assertThat(console.run(arguments)).as(console.err.toString()).isEqualTo(2);
        assertThat(console.err.toString().lines()).hasSize(1);
        assertThat(console.err.toString()).contains(part);
    }

    private static String[] replay(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "replay";
        arguments[1] = "--format";
        arguments[2] = "online-retail";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return arguments;
    }
}
