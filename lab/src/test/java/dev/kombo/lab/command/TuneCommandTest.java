package dev.kombo.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.quality.data.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TuneCommandTest {
    private final LabConsole console = new LabConsole();
    private final MadeUpProtocol protocol = new MadeUpProtocol();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintTheBestAndHowToGetIt() throws IOException {
        assertThat(tune("--no-progress")).as(console.err.toString()).isZero();

        assertThat(console.out.toString())
                .contains("place  recall@20      sd  seeds  of the stream  configuration")
                .contains("    1     0.2500  0.0000      3           1.00")
                .contains("defaults")
                .contains("10 configurations, ")
                .contains("The best:");
        assertThat(console.out.toString().lines().reduce((before, last) -> last).orElseThrow())
                .startsWith("./kombo evaluate --dataset youshu --dir DIR --part tune")
                .contains(" --set kombo.learning.user.rate=0.05")
                .contains(" --set kombo.learning.factors=32");
        assertThat(protocol.opened.get(0).part()).isEqualTo(Part.TUNE);
        assertThat(Files.readAllLines(journal())).hasSizeGreaterThan(10);
    }

    @Test
    void shouldKeepSettingsThatAreGiven() {
        assertThat(tune("-D" + MadeUpProtocol.FACTORS + "=64")).isZero();

        assertThat(protocol.opened.get(0).settings()).isEqualTo(Map.of(MadeUpProtocol.FACTORS, "64"));
        assertThat(console.out.toString())
                .contains("4 configurations, ")
                .contains(" --set kombo.learning.factors=64 --set kombo.learning.user.rate=0.05")
                .doesNotContain("factors=32");
    }

    @Test
    void shouldGoOnWithAJournalOnlyWhenTold() throws IOException {
        assertThat(tune()).isZero();
        List<String> lines = Files.readAllLines(journal());

        assertMistake("is there from an earlier search; --resume goes on with it");
        assertThat(tune("--resume")).isZero();
        assertThat(Files.readAllLines(journal())).isEqualTo(lines);
        assertMistake("is of another search", "--resume", "--seed", "2");
    }

    @Test
    void shouldNameTheMistake() {
        assertMistake("unknown data set 'yosh', did you mean youshu?", "--dataset", "yosh");
        assertMistake("--minutes is 0.0, a time above 0 is expected", "--minutes", "0");
        assertMistake("--minutes", "--minutes", "long");
        assertMistake("no such folder", "--dir", folder.resolve("none").toString());
        assertMistake(
                "all settings that could be searched are given",
                "-D" + MadeUpProtocol.FACTORS + "=64",
                "-D" + MadeUpProtocol.RATE + "=0.1");
        assertThat(Files.exists(journal())).isFalse();
    }

    private Path journal() {
        return folder.resolve("journal.jsonl");
    }

    private int tune(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("tune", "--journal", journal().toString()));
        List<String> given = List.of(more);
        for (List<String> usual : List.of(
                List.of("--dataset", "youshu"), List.of("--dir", folder.toString()), List.of("--minutes", "5"))) {
            if (!given.contains(usual.get(0))) {
                arguments.addAll(usual);
            }
        }
        arguments.addAll(given);
        return console.run(List.of(new TuneCommand(Map.of(), List.of(protocol))), arguments.toArray(new String[0]));
    }

    private void assertMistake(String part, String... more) {
        console.err.getBuffer().setLength(0);
        assertThat(tune(more)).as(console.err.toString()).isEqualTo(2);
        assertThat(console.err.toString().lines()).hasSize(1);
        assertThat(console.err.toString()).contains(part);
    }
}
