package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KomboCommandLineTest {
    private final Console console = new Console();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "topics",
                "topics check",
                "topics create",
                "topology",
                "offers",
                "report",
                "token",
                "completion"
            })
    void shouldPrintHelpAndVersionWhenAskedForAnyCommand(String command) {
        List<String> words = command.isEmpty() ? List.of() : List.of(command.split(" ", -1));

        assertThat(console.run(with(words, "--help"))).isZero();
        assertThat(console.output()).contains("Usage: kombo" + (command.isEmpty() ? "" : " " + command));
        assertThat(console.run(with(words, "--version"))).isZero();
        assertThat(console.output()).containsPattern("kombo \\d+\\.\\d+\\.\\d+");
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void shouldSuggestTheNearestCommandWhenOneIsMistyped() {
        assertMistake("kombo: unknown command topolgy, did you mean topology?; see kombo --help", "topolgy");
        assertMistake("kombo: unknown command rnu, did you mean run?; see kombo --help", "rnu");
        assertMistake("kombo: unknown command quixotic; see kombo --help", "quixotic");
        assertMistake(
                "kombo topics: unknown command chekc, did you mean check?; see kombo topics --help", "topics", "chekc");
    }

    @Test
    void shouldSuggestTheNearestOptionWhenOneIsMistyped() {
        assertMistake(
                "kombo run: unknown option --embeded, did you mean --embedded?; see kombo run --help",
                "run",
                "--embeded");
    }

    @Test
    void shouldAskForACommandWhenNoneIsGiven() {
        assertMistake("kombo: missing command; available: run, topics, topology, catalog, offers, report, token,"
                + " webhook, skip, leave, reset, export, import, pseudonym, completion; see kombo --help");
        assertMistake(
                "kombo topics: missing command; available: check, create, manifest, update; see kombo topics --help",
                "topics");
    }

    @Test
    void shouldAskForTheUserWhenItIsMissing() {
        assertMistake("kombo offers: Missing required parameter: 'USER'; see kombo offers --help", "offers");
    }

    @Test
    void shouldNameTheFileWhenItIsMissing() {
        Path missing = folder.resolve("none.properties");

        assertMistake("kombo run: no such file: " + missing, "run", "--config", missing.toString());
    }

    @Test
    void shouldNameAllProblemsWhenSeveralSettingsAreWrong() throws IOException {
        Path file = folder.resolve("kombo.properties");
        Files.writeString(file, "kombo.offer.sise=3\nkombo.api.port=70000\n");
        console.environment.put("KOMBO_STREAM_THREADS", "many");

        assertThat(console.run("run", "--config", file.toString())).isEqualTo(2);

        assertThat(console.errors().lines())
                .allMatch(line -> line.startsWith("kombo run: kombo."))
                .anyMatch(
                        line -> line.contains("kombo.offer.sise: unknown setting") && line.contains("kombo.offer.size"))
                .anyMatch(line -> line.contains("kombo.api.port") && line.contains("70000"))
                .anyMatch(line -> line.contains("kombo.stream.threads") && line.contains("many"));
        assertThat(console.service.started).isFalse();
    }

    @Test
    void shouldIgnoreASettingOfAnEarlierVersion() {
        assertMistake(
                "kombo run: kombo.api.port: 70000 is out of range; expected: 0 to 65535",
                "run",
                "-Dkombo.api.port=70000",
                "-Dkombo.ranker.loss=softmax");
    }

    @Test
    void shouldIgnoreOptionsOfAnEarlierVersionAndSayWhatReplacesThem() {
        assertThat(console.run("topology", "--pages", "docs", "--check=docs")).isZero();
        assertThat(console.errors().lines())
                .containsExactly(
                        "kombo topology: --pages is ignored, since this version does not have it: Kombo's own tests"
                                + " write the reference pages",
                        "kombo topology: --check is ignored, since this version does not have it: Kombo's own tests"
                                + " compare the reference pages");
        assertThat(console.output()).contains("flowchart");
        assertThat(console.run("topology", "--help")).isZero();
        assertThat(console.output()).contains("--stacktrace").doesNotContain("--pages");
    }

    @Test
    void shouldSayHowASettingIsWrittenWhenItHasNoValue() {
        assertThat(console.run("run", "-Dkombo.offer.size")).isEqualTo(2);
        assertThat(console.errors().lines()).hasSize(1);
        assertThat(console.errors()).contains("KEY=VALUE").doesNotContain("\tat ");
    }

    @Test
    void shouldShowTheStackTraceWhenAskedFor() {
        assertThat(console.run("run", "--stacktrace", "-Dkombo.offer.sise=1")).isEqualTo(2);
        assertThat(console.errors()).contains("\tat ").contains("kombo run: kombo.offer.sise: unknown setting");
    }

    @Test
    void shouldRefuseEmbeddedOptionsWhenNoBrokerIsBroughtAlong() {
        assertMistake("kombo run: --data needs --embedded", "run", "--data", "x");
        assertMistake("kombo run: --fresh needs --embedded", "run", "--fresh");
        assertMistake(
                "kombo run: --embedded is not part of this build; it is in ./kombo of the source tree",
                "run",
                "--embedded");
        assertMistake(
                "kombo run: --embedded brings its own kombo.bootstrap.servers; give one of them",
                "run",
                "--embedded",
                "-Dkombo.bootstrap.servers=somewhere:9092");
    }

    @Test
    void shouldSayThatNoBrokerAnswersWhenThereIsNone() {
        assertThat(console.run("topics", "check", "-Dkombo.bootstrap.servers=127.0.0.1:1,[::1]:1"))
                .isEqualTo(1);
        assertThat(console.errors().strip())
                .isEqualTo("kombo topics check: no broker answers at 127.0.0.1:1,[::1]:1 (kombo.bootstrap.servers)");
    }

    @Test
    void shouldCallItAMistakeWhenABrokersAddressIsNone() {
        assertMistake(
                "kombo topics check: kombo.bootstrap.servers: somewhere is not host:port",
                "topics",
                "check",
                "-Dkombo.bootstrap.servers=somewhere");
    }

    @Test
    void shouldSayThatNobodyAnswersWhenNoInstanceRuns() {
        assertThat(console.run("report", "--url", "http://127.0.0.1:1")).isEqualTo(1);
        assertThat(console.errors().lines()).hasSize(1);
        assertThat(console.errors()).startsWith("kombo report: no Kombo answers at http://127.0.0.1:1");
    }

    @Test
    void shouldCallItAMistakeWhenTheAddressIsNone() {
        assertMistake("kombo report: --url nowhere is not an HTTP address", "report", "--url", "nowhere");
    }

    private void assertMistake(String line, String... arguments) {
        console.err.getBuffer().setLength(0);
        assertThat(console.run(arguments)).isEqualTo(2);
        assertThat(console.errors().strip()).isEqualTo(line);
        assertThat(console.output()).isEmpty();
    }

    private static String[] with(List<String> words, String last) {
        String[] all = words.toArray(new String[words.size() + 1]);
        all[words.size()] = last;
        return all;
    }
}
