package dev.kombo.lab.quality.report;

import dev.kombo.cli.MarkdownTable;
import dev.kombo.lab.quality.metrics.LearningCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes an evaluation as a Markdown page, with its charts as SVG files beside it. */
public final class EvaluationPage {
    private EvaluationPage() {}

    /**
     * Writes the page and its charts. With a page {@code youshu.md} they are {@code youshu-learning.svg}, or
     * {@code youshu-learning-METRIC.svg} if there are curves of several metrics, and {@code youshu-calibration.svg}.
     */
    public static void write(Path page, Evaluation evaluation) throws IOException {
        String stem = stem(page);
        for (Map.Entry<String, Map<String, LearningCurve>> curves :
                evaluation.learning().entrySet()) {
            Path file = page.resolveSibling(learningFile(stem, curves.getKey(), evaluation));
            Charts.learning(file, curves.getKey(), curves.getValue());
        }
        if (!evaluation.reliability().isEmpty()) {
            Charts.calibration(page.resolveSibling(calibrationFile(stem)), evaluation.reliability());
        }
        Files.writeString(page, text(stem, evaluation));
    }

    private static String text(String stem, Evaluation evaluation) {
        Subject subject = evaluation.subject();
        StringBuilder text = new StringBuilder();
        text.append("# Quality on ").append(subject.dataset()).append("\n\n");
        text.append(EvaluationText.summary(evaluation)).append("\n\n");
        evaluation
                .notes()
                .forEach(note -> text.append("**Note:** ").append(note).append("\n\n"));
        text.append("```sh\n").append(subject.command()).append("\n```\n\n");
        List<MetricGroup> leads = MetricGroup.gains(evaluation);
        for (MetricGroup group : MetricGroup.of(evaluation)) {
            if (!group.name().isEmpty()) {
                text.append("## ").append(group.name()).append("\n\n");
            }
            table(text, group);
            leads.stream().filter(lead -> lead.name().equals(group.name())).forEach(lead -> table(text, lead));
        }
        for (Map.Entry<String, Map<String, LearningCurve>> curve :
                evaluation.learning().entrySet()) {
            picture(text, curve.getKey() + " along the stream", learningFile(stem, curve.getKey(), evaluation));
        }
        if (!evaluation.reliability().isEmpty()) {
            picture(text, "Calibration: predicted against observed probabilities", calibrationFile(stem));
        }
        if (!evaluation.facts().isEmpty()) {
            MarkdownTable facts = new MarkdownTable("Data", "");
            evaluation.facts().forEach(facts::row);
            text.append(facts);
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static void table(StringBuilder text, MetricGroup group) {
        MarkdownTable table = new MarkdownTable(group.head());
        group.rows().keySet().forEach(method -> table.row(group.row(method)));
        text.append(table).append('\n');
    }

    private static void picture(StringBuilder text, String description, String file) {
        text.append("![").append(description).append("](").append(file).append(")\n\n");
    }

    private static String stem(Path page) {
        String name = page.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String learningFile(String stem, String metric, Evaluation evaluation) {
        String which = evaluation.learning().size() == 1
                ? ""
                : "-" + metric.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return stem + "-learning" + which + ".svg";
    }

    private static String calibrationFile(String stem) {
        return stem + "-calibration.svg";
    }
}
