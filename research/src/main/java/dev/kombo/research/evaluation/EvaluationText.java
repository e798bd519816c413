package dev.kombo.research.evaluation;

import dev.kombo.console.Figures;
import dev.kombo.console.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Formats an evaluation as tables for a terminal. */
public final class EvaluationText {
    private EvaluationText() {}

    /** Returns tables of all figures, then the facts and the notes. */
    public static String of(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        String newLine = System.lineSeparator();
        append(text, evaluation.methods(), "", EvaluationText::cell);
        append(text, evaluation.gains(), "kombo ahead of", EvaluationText::cell);
        text.append(summary(evaluation)).append(newLine);
        evaluation
                .facts()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append(newLine));
        evaluation.notes().forEach(note -> text.append("Note: ").append(note).append(newLine));
        return text.toString();
    }

    /**
     * Appends a table for each group of metrics, in the order of the metrics: those whose names have the same prefix
     * before the first dot, or none.
     *
     * @param figures method to metric to figure
     * @param title what the figures are; empty if they are the metrics themselves
     */
    private static <T> void append(
            StringBuilder text, Map<String, Map<String, T>> figures, String title, Function<T, String> cell) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        figures.values()
                .forEach(values -> values.keySet()
                        .forEach(metric -> groups.computeIfAbsent(groupOf(metric), none -> new LinkedHashSet<>())
                                .add(metric)));
        groups.forEach((group, metrics) -> {
            List<String> head = new ArrayList<>();
            head.add(!title.isEmpty() ? title : group.isEmpty() ? "method" : group);
            metrics.forEach(metric -> head.add(group.isEmpty() ? metric : metric.substring(group.length() + 1)));
            TextTable table = new TextTable(head.toArray(new String[0]));
            figures.forEach((method, values) -> {
                if (metrics.stream().anyMatch(values::containsKey)) {
                    List<Object> row = new ArrayList<>(List.of(method));
                    metrics.forEach(
                            metric -> row.add(values.containsKey(metric) ? cell.apply(values.get(metric)) : ""));
                    table.row(row.toArray());
                }
            });
            text.append(table).append(System.lineSeparator());
        });
    }

    private static String groupOf(String metric) {
        int dot = metric.indexOf('.');
        return dot < 0 ? "" : metric.substring(0, dot);
    }

    /** The mean, and the deviation if there are several seeds. */
    private static String cell(Spread spread) {
        String mean = Figures.text("%.4f", spread.mean());
        return spread.values().size() == 1 ? mean : mean + Figures.text(" ± %.4f", spread.sd());
    }

    static String cell(SeedResult.Gain gain) {
        return Figures.text("%+.4f ± %.4f", gain.mean(), gain.standardError());
    }

    /** Returns a sentence that says what was evaluated. */
    private static String summary(Evaluation evaluation) {
        Evaluation.Subject subject = evaluation.subject();
        List<Long> seeds = subject.seeds();
        String which = seeds.size() == 1
                ? "seed " + seeds.get(0) + "."
                : "seeds " + seeds + ": mean ± sample standard deviation.";
        String gains = evaluation.gains().isEmpty()
                ? ""
                : " Ahead of: mean difference on the same questions ± its standard error.";
        return "Data set %s, part %s, %s%s".formatted(subject.dataset(), subject.part(), which, gains);
    }
}
