package dev.kombo.lab.study;

import dev.kombo.cli.MarkdownTable;
import dev.kombo.cli.TextTable;
import dev.kombo.lab.study.ScenarioResult.Rate;
import dev.kombo.tracking.uplift.UpliftSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of a study.
 *
 * @param results one a scenario
 * @param settings what was studied
 * @param seed of all draws
 * @param runs of each scenario
 */
public record StudyReport(List<ScenarioResult> results, UpliftSettings settings, long seed, int runs) {

    /** Copies the list. */
    public StudyReport {
        results = List.copyOf(results);
    }

    /** For a terminal. */
    public String text() {
        TextTable table = new TextTable(head());
        results.forEach(result -> table.row(row(result)));
        return table + summary() + System.lineSeparator();
    }

    /** For a page. */
    public String markdown() {
        MarkdownTable table = new MarkdownTable(head());
        results.forEach(result -> table.row(row(result)));
        return "```sh\n" + command() + "\n```\n\n" + table + "\n" + summary() + "\n";
    }

    private String command() {
        return "./kombo study --runs " + runs + " --seed " + seed;
    }

    private static String[] head() {
        return new String[] {
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
            "treated"
        };
    }

    private static Object[] row(ScenarioResult result) {
        List<Object> cells = new ArrayList<>();
        cells.add(result.scenario().name());
        cells.add(percent(result.rate(RunResult::missed)));
        cells.add(percent(result.rate(RunResult::relativeMissed)));
        cells.add(percent(result.rate(RunResult::bareMissed)));
        cells.add(percent(result.rate(RunResult::fixedMissed)));
        cells.add(percent(result.rate(RunResult::alarmed)));
        cells.add(String.format(Locale.ROOT, "%.3f", result.meanVarianceKept()));
        cells.add(percent(result.rate(run -> run.decidedAt() > 0)));
        int decidedAt = result.medianDecidedAt();
        cells.add(decidedAt == 0 ? "" : String.format(Locale.ROOT, "%,d", decidedAt));
        cells.add(String.format(Locale.ROOT, "%.1f", result.meanMoves()));
        cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * result.meanTreatedPart()));
        return cells.toArray();
    }

    private static String percent(Rate rate) {
        return String.format(Locale.ROOT, "%.2f ± %.2f %%", 100 * rate.value(), 100 * rate.standardError());
    }

    private String summary() {
        long looks = results.stream().mapToLong(ScenarioResult::looks).sum();
        double variation =
                results.stream().mapToDouble(ScenarioResult::variation).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "%,d runs of each, seed %d, %,d intervals looked at; burn-in %d users an arm, error %.0f %% for all"
                        + " comparisons and looks of a run; coefficient of variation %.2f.",
                runs,
                seed,
                looks,
                settings.burnIn(),
                100 * settings.error(),
                variation);
    }
}
