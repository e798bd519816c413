package dev.kombo.research.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.shop.command.CommandConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TuneCommandTest {
    private final CommandConsole console = new CommandConsole();
    private final MadeUpProtocol protocol = new MadeUpProtocol();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintEachTrialAndTheBest() {
        assertThat(tune("--samples", "40", "--no-progress"))
                .as(console.err.toString())
                .isZero();

        List<String> lines = console.out.toString().lines().toList();
        assertThat(lines).anyMatch(line -> line.startsWith("0: recall@20 0.1000"));
        assertThat(lines.stream().filter(line -> line.matches("\\d+: recall@20 .*")))
                .hasSize(40);
        assertThat(console.out.toString()).contains("Best: recall@20 0.2500, with one seed.");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("./kombo evaluate --dataset youshu --dir DIR --part tune --set ")
                .contains(" --set " + MadeUpProtocol.FACTORS + "=32", " --set " + MadeUpProtocol.STEP + "=0.5");
        assertThat(protocol.opened).allMatch(options -> options.part() == PredictedPart.TUNE);
    }

    @Test
    void shouldKeepSettingsThatAreGiven() {
        assertThat(tune("-D" + MadeUpProtocol.FACTORS + "=64", "--metric", "ndcg@20"))
                .isZero();

        assertThat(protocol.opened)
                .allMatch(options ->
                        options.settings().get(MadeUpProtocol.FACTORS).equals("64"));
        assertThat(protocol.opened.stream().map(EvaluationOptions::settings).distinct())
                .hasSize(20);
        assertThat(console.out.toString()).contains("0: ndcg@20 0.9000");
    }

    @Test
    void shouldTuneOnTheOrdersOfAShop() throws IOException {
        StringBuilder orders = new StringBuilder("wer,wann,artikel\n");
        for (int order = 0; order < 12; order++) {
            String head = "c%d,2026-03-%02d 10:00".formatted(order % 3, 1 + order);
            orders.append(head)
                    .append(",tea\n")
                    .append(head)
                    .append(",cup")
                    .append(order % 3)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("mine.csv"), orders);
        String[] command = {
            "tune", "--dataset", "next-basket", "--dir", file.toString(), "--samples", "2", "--no-progress"
        };
        String[] columns = {"--column", "userId=wer", "--column", "eventTime=wann", "--column", "itemId=artikel"};

        assertThat(console.run(List.of(new TuneCommand(ResearchCommands.PROTOCOLS)), command))
                .as("columns that nobody guesses")
                .isEqualTo(2);
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(columns));
        assertThat(console.run(List.of(new TuneCommand(ResearchCommands.PROTOCOLS)), arguments.toArray(new String[0])))
                .as(console.err.toString())
                .isZero();

        assertThat(console.out.toString()).containsPattern("Best: items\\.recall@20 [01]\\.\\d{4}, with one seed");
    }

    @Test
    void shouldNameTheMistake() {
        assertMistake("unknown data set 'yosh', did you mean youshu?", "--dataset", "yosh");
        assertMistake("--samples is 0, 1 to 100000 is expected", "--samples", "0");
        assertMistake("no such folder", "--dir", folder.resolve("none").toString());
        assertMistake("--column is not for youshu, whose columns have set names", "--column", "itemId=sku");
        assertMistake("no metric auc; known are [recall@20, ndcg@20]", "--metric", "auc");
    }

    private int tune(String... more) {
        List<String> arguments = new ArrayList<>(List.of("tune"));
        List<String> given = List.of(more);
        for (List<String> usual : List.of(List.of("--dataset", "youshu"), List.of("--dir", folder.toString()))) {
            if (!given.contains(usual.get(0))) {
                arguments.addAll(usual);
            }
        }
        arguments.addAll(given);
        return console.run(List.of(new TuneCommand(List.of(protocol.protocol))), arguments.toArray(new String[0]));
    }

    private void assertMistake(String part, String... more) {
        console.err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(more));
        assertThat(tune(arguments.toArray(new String[0])))
                .as(console.err.toString())
                .isEqualTo(2);
        assertThat(console.err.toString().lines()).hasSize(1);
        assertThat(console.err.toString()).contains(part);
    }
}
