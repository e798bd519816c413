package dev.kombo.research.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.shop.command.CommandConsole;
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
class EvaluateCommandTest {
    private final CommandConsole console = new CommandConsole();
    private final MadeUpProtocol protocol = new MadeUpProtocol();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintAndWriteWhatTheSeedsCameTo() throws IOException {
        Path summary = folder.resolve("summary.json");

        assertThat(evaluate("--seeds", "2", "--summary", summary.toString(), "--no-progress"))
                .as(console.err.toString())
                .isZero();

        assertThat(console.out.toString())
                .contains("kombo       0.2850 ± 0.0071  0.1600 ± 0.0000")
                .contains("part tune, seeds [1, 2]")
                .contains("youshu, seed 1: recall@20 kombo 0.2800, popularity 0.2000")
                .contains("Note: settings were chosen on the tune part: its figures are not evidence.");
        JsonNode written = new ObjectMapper().readTree(summary.toFile());
        assertThat(written.path("methods").path("kombo").path("recall@20").path("values"))
                .hasSize(2);
        assertThat(written.path("command").asText())
                .startsWith("./kombo evaluate --dir " + folder + " --dataset youshu --seeds 2 ");
    }

    @Test
    void shouldQuoteTheCommandLineWhenAShellWouldSplitIt() throws IOException {
        Path summary = folder.resolve("it's all.json");

        assertThat(evaluate("--methods", "popularity, kombo", "--seeds", "1", "--summary", summary.toString()))
                .isZero();

        assertThat(new ObjectMapper().readTree(summary.toFile()).path("command").asText())
                .endsWith(" --methods 'popularity, kombo' --seeds 1 --summary '" + folder + "/it'\\''s all.json'");
    }

    @Test
    void shouldHandOnWhatWasAskedFor() throws IOException {
        Path test = Files.writeString(folder.resolve("held-out.txt"), "");

        assertThat(evaluate("--test-file", test.toString(), "-Dkombo.learning.factors=32"))
                .isZero();
        EvaluationOptions options = protocol.opened.get(0);
        assertThat(options.dir()).isEqualTo(folder);
        assertThat(options.part()).isEqualTo(PredictedPart.TEST);
        assertThat(options.testFile()).isEqualTo(test);
        assertThat(options.methods()).containsExactly("kombo", "popularity");
        assertThat(options.settings()).isEqualTo(Map.of("kombo.learning.factors", "32"));
        assertThat(console.out.toString())
                .contains("part test, seeds [1, 2, 3]")
                .doesNotContain("not evidence");

        assertThat(evaluate("--methods", "popularity, kombo", "--part", "TUNE", "--seeds", "1"))
                .isZero();
        assertThat(protocol.opened.get(1).methods()).containsExactly("popularity", "kombo");
        assertThat(options.from()).isNull();
        assertThat(evaluate("--methods", "all", "--seeds", "1", "--from", "2011-09-01"))
                .isZero();
        assertThat(protocol.opened.get(2).from()).isEqualTo("2011-09-01T00:00:00Z");
        assertThat(protocol.opened.get(2).methods()).containsExactly("kombo", "popularity");
    }

    @Test
    void shouldWriteEachQuestion() throws IOException {
        Path questions = folder.resolve("questions.jsonl");

        assertThat(evaluate("--seeds", "2", "--questions", questions.toString(), "--no-progress"))
                .as(console.err.toString())
                .isZero();

        List<String> lines = Files.readAllLines(questions);
        assertThat(lines).hasSize(6);
        assertThat(lines)
                .contains(
                        "{\"dataset\":\"youshu\",\"seed\":1,\"question\":\"u1\",\"ranker\":\"kombo\",\"recall@20\":0.5}",
                        "{\"dataset\":\"youshu\",\"seed\":2,\"question\":\"v2\",\"ranker\":\"kombo\",\"ndcg@20\":0.25}",
                        "{\"dataset\":\"youshu\",\"seed\":2,\"question\":\"v2\",\"ranker\":\"popularity\",\"recall@20\":0.0}");
    }

    @Test
    void shouldCompareAllDataSetsOfAFolder() throws IOException {
        Files.createDirectory(folder.resolve("youshu"));
        Path summary = folder.resolve("all.json");
        String[] arguments = {
            "evaluate", "--all", "--dir", folder.toString(), "--seeds", "2", "--summary", summary.toString()
        };

        assertThat(console.run(List.of(new EvaluateCommand(List.of(protocol.protocol))), arguments))
                .as(console.err.toString())
                .isZero();

        assertThat(protocol.opened)
                .extracting(options -> options.dir().getFileName() + " " + options.share())
                .containsExactly("youshu 0.2", "youshu 1.0");
        assertThat(console.out.toString().lines())
                .contains("BundleRec clothing: left out, as there is no folder " + folder.resolve("bundlerec/clothing"))
                .contains("Youshu, a fifth, seed 2: recall@20 kombo 0.2900, popularity 0.2000, linear 0.2800")
                .contains("By more than two errors, of 2: kombo behind the best simple method on 0, ahead on 2;"
                        + " behind linear on 2, ahead on 0.");
        assertThat(new ObjectMapper().readTree(summary.toFile()).findValuesAsText("label"))
                .containsExactly("Youshu, a fifth", "Youshu");
        assertThat(console.run(
                        List.of(new EvaluateCommand(List.of(protocol.protocol))), "evaluate", "--all", "--dir", "none"))
                .isNotZero();
        assertThat(console.err.toString()).contains("none holds none of the data sets");
    }

    @Test
    void shouldNameAllDataSetsInItsHelp() {
        List<Object> real = List.of(new EvaluateCommand(ResearchCommands.PROTOCOLS));

        assertThat(console.run(real, "evaluate", "--help")).isZero();

        String help = console.out.toString();
        assertThat(ResearchCommands.PROTOCOLS)
                .allSatisfy(known -> assertThat(help).contains(known.dataset()));
    }

    @Test
    void shouldNameTheMistake() {
        assertMistake("unknown data set 'yoshu', did you mean youshu?; known are youshu", "--dataset", "yoshu");
        assertMistake("unknown method 'kombi', did you mean kombo?; known are kombo,", "--methods", "kombi");
        assertMistake("--seeds is 0, 1 to 100 is expected", "--seeds", "0");
        assertMistake("--seeds", "--seeds", "three");
        assertMistake("--part", "--part", "train");
        assertMistake("no such file: none.txt", "--test-file", "none.txt");
        assertMistake("--part is tune", "--test-file", folder.toString(), "--part", "tune");
        assertMistake("it lacks user_bundle_test.txt", "--part", "test");
        assertMistake(
                "no such folder for --summary",
                "--summary",
                folder.resolve("none/s.json").toString());
        assertMistake("kombo.lerning.factors", "-Dkombo.lerning.factors=3");
        assertMistake("--share is 0.0, expected above 0 to 1", "--share", "0");
        assertMistake("--from", "--from", "September");
        assertMistake("--share is not for youshu", "--share", "0.5");
        assertMistake("--shuffle-lines is not for youshu", "--shuffle-lines");
        assertMistake("--until is not for youshu", "--until", "2011-09-01");
        assertMistake("--column is not for youshu", "--column", "itemId=sku");
        assertMistake("--all takes none", "--all");
        assertThat(console.run("evaluate", "--dataset", "youshu")).isEqualTo(2);
        assertThat(protocol.opened).isEmpty();
    }

    @Test
    void shouldRefuseADateWhereThereIsNoTime() {
        List<Object> real = List.of(new EvaluateCommand(ResearchCommands.PROTOCOLS));
        String[] arguments = {"evaluate", "--dir", folder.toString(), "--dataset", "youshu", "--from", "2011-09-01"};

        assertThat(console.run(real, arguments)).isEqualTo(2);
        assertThat(console.err.toString()).contains("--from is not for youshu");
    }

    private int evaluate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--dir", folder.toString()));
        if (!List.of(more).contains("--dataset")) {
            arguments.addAll(List.of("--dataset", "youshu"));
        }
        arguments.addAll(List.of(more));
        return console.run(List.of(new EvaluateCommand(List.of(protocol.protocol))), arguments.toArray(new String[0]));
    }

    private void assertMistake(String part, String... more) {
        console.err.getBuffer().setLength(0);
        assertThat(evaluate(more)).as(console.err.toString()).isEqualTo(2);
        assertThat(console.err.toString().lines()).hasSize(1);
        assertThat(console.err.toString()).contains(part);
    }
}
