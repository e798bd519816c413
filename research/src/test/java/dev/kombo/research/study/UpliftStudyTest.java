package dev.kombo.research.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.console.MarkdownTable;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.research.study.ScenarioResult.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole study, whose figures are in topology-docs/uplift.md: {@code mvn -Pstudy -pl research -am test}, with {@code
 * -Dstudy.runs} and {@code -Dstudy.seed} if need be. Writes the table to {@code research/target/study.md}.
 */
@Tag("study")
class UpliftStudyTest {
    private static final int RUNS = Integer.getInteger("study.runs", 2000);
    private static final long SEED = Long.getLong("study.seed", 1);

    @Test
    void shouldMissTheTruthNoMoreOftenThanStated() throws IOException {
        UpliftSettings settings = UpliftSettings.standard();
        MarkdownTable table = new MarkdownTable(
                "scenario",
                "missed",
                "missed, relative",
                "own variance",
                "fixed sample",
                "ratio alarms",
                "variance kept",
                "decided",
                "users (median)",
                "moves",
                "treated");
        List<ScenarioResult> results = Scenario.builtIn().stream()
                .map(scenario -> Study.run(scenario, RUNS, SEED))
                .toList();
        for (ScenarioResult result : results) {
            int decidedAt = result.medianDecidedAt();
            table.row(
                    result.scenario().name(),
                    percent(result.rate(RunResult::missed)),
                    percent(result.rate(RunResult::relativeMissed)),
                    percent(result.rate(RunResult::bareMissed)),
                    percent(result.rate(RunResult::fixedMissed)),
                    percent(result.rate(RunResult::alarmed)),
                    text("%.3f", result.meanVarianceKept()),
                    percent(result.rate(run -> run.decidedAt() > 0)),
                    decidedAt == 0 ? "" : text("%,d", decidedAt),
                    text("%.1f", result.meanMoves()),
                    text("%.1f %%", 100 * result.meanTreatedPart()));
        }
        String summary = text(
                "%,d runs of each, seed %d, %,d intervals looked at; burn-in %d users an arm, error %.0f %% for all"
                        + " comparisons and looks of a run; coefficient of variation %.2f.",
                RUNS,
                SEED,
                results.stream().mapToLong(ScenarioResult::looks).sum(),
                settings.burnIn(),
                100 * settings.error(),
                results.stream().mapToDouble(ScenarioResult::variation).max().orElseThrow());
        Files.writeString(Path.of("target", "study.md"), table + "\n" + summary + "\n");

        for (ScenarioResult result : results) {
            assertThat(result.rate(RunResult::missed).value())
                    .as(result.scenario().name())
                    .isLessThanOrEqualTo(settings.error());
            assertThat(result.rate(RunResult::relativeMissed).value())
                    .as(result.scenario().name())
                    .isLessThanOrEqualTo(settings.error());
        }
    }

    private static String percent(Rate rate) {
        return text("%.2f ± %.2f %%", 100 * rate.value(), 100 * rate.standardError());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
