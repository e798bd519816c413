package dev.kombo.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StudyCommandTest {
    private final LabConsole console = new LabConsole();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintAndWriteTheFigures() throws IOException {
        Path page = folder.resolve("page.md");

        assertThat(console.run("study", "--runs", "2", "--seed", "5", "--no-progress", "--page", page.toString()))
                .as(console.err.toString())
                .isZero();

        assertThat(console.out.toString())
                .contains("A/A")
                .contains("2 runs of each, seed 5")
                .contains("± ");
        assertThat(Files.readString(page))
                .contains("./kombo study --runs 2 --seed 5")
                .contains("| scenario | missed |")
                .contains("| A/A | 0.00 ± 0.00 % |");
    }

    @Test
    void shouldNameTheMistake() {
        assertThat(console.run("study", "--runs", "0")).isEqualTo(2);
        assertThat(console.err.toString()).contains("--runs is 0, 1 to 100000 is expected");
        assertThat(console.run("study", "--page", folder.resolve("none/p.md").toString()))
                .isEqualTo(2);
        assertThat(console.err.toString()).contains("no such folder for --page");
    }
}
