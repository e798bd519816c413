package dev.kombo.lab.quality.report;

import dev.kombo.console.TextTable;
import dev.kombo.lab.quality.report.Evaluation.Subject;
import java.util.List;

/** Formats an evaluation for a terminal. */
public final class EvaluationText {
    private EvaluationText() {}

    /** Returns tables of all figures, then the facts and the notes. */
    public static String of(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        String newLine = System.lineSeparator();
        append(text, MetricGroup.of(evaluation));
        append(text, MetricGroup.gains(evaluation));
        text.append(summary(evaluation)).append(newLine);
        evaluation
                .facts()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append(newLine));
        evaluation.notes().forEach(note -> text.append("Note: ").append(note).append(newLine));
        return text.toString();
    }

    private static void append(StringBuilder text, List<MetricGroup> groups) {
        for (MetricGroup group : groups) {
            TextTable table = new TextTable(group.head());
            group.rows().keySet().forEach(method -> table.row(group.row(method)));
            text.append(table).append(System.lineSeparator());
        }
    }

    /** Returns a sentence that says what was evaluated. */
    static String summary(Evaluation evaluation) {
        Subject subject = evaluation.subject();
        int seeds = subject.seeds().size();
        String gains = evaluation.gains().isEmpty()
                ? ""
                : " Ahead of: mean difference on the same questions ± its standard error.";
        return (seeds == 1
                        ? "Data set %s, part %s, seed %d."
                                .formatted(
                                        subject.dataset(),
                                        subject.part(),
                                        subject.seeds().get(0))
                        : "Data set %s, part %s, seeds %s: mean ± sample standard deviation."
                                .formatted(subject.dataset(), subject.part(), subject.seeds()))
                + gains;
    }
}
