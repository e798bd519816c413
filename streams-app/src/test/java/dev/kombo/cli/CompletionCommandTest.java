package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Bash itself makes of the script. */
class CompletionCommandTest {
    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void print() throws IOException {
        Console console = new Console();
        assertThat(console.run("completion")).isZero();
        assertThat(console.errors()).isEmpty();
        script = Files.writeString(folder.resolve("completion"), console.output());
    }

    @Test
    void shouldCompleteCommandsAndTheirSubcommands() throws Exception {
        assertThat(completed("kombo", "topo")).containsExactly("topology");
        assertThat(completed("kombo", "topics", "c")).containsExactly("check", "create");
    }

    @Test
    void shouldCompleteTheOptionsOfTheCommand() throws Exception {
        assertThat(completed("kombo", "offers", "--se")).containsExactly("--session");
        assertThat(completed("kombo", "report", "--se")).isEmpty();
    }

    @Test
    void shouldBeUsedForTheLauncherInItsFolder() throws Exception {
        // Bash looks for what is registered for the last part of a path.
        assertThat(bash("complete -p kombo")).singleElement().asString().contains("-F ");
    }

    /** What the last word can become, in the order of the alphabet. */
    private List<String> completed(String... words) throws Exception {
        return bash("function_of_kombo=$(complete -p kombo | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n"
                        + "COMP_WORDS=(" + String.join(" ", words) + ")\n"
                        + "COMP_CWORD=" + (words.length - 1) + "\n"
                        // Its compopt complains, as nobody has pressed the key.
                        + "$function_of_kombo 2>/dev/null || true\n"
                        + "printf '%s\\n' \"${COMPREPLY[@]}\"")
                .stream()
                .filter(word -> !word.isBlank())
                .sorted()
                .toList();
    }

    private List<String> bash(String commands) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "--norc", "-c", "set -e; source '" + script + "'\n" + commands)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
