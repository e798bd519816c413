package dev.kombo.lab.quality.report;

import dev.kombo.console.MarkdownTable;
import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import dev.kombo.lab.quality.report.Evaluation.Subject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

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

    /** Draws the charts of an evaluation as SVG. */
    private static final class Charts {
        private static final int WIDTH = 720;
        private static final int HEIGHT = 400;

        private Charts() {}

        /** Draws a metric along the stream, one line per method. */
        static void learning(Path file, String metric, Map<String, LearningCurve> curves) throws IOException {
            XYChart chart = chart(metric + " along the stream", "events of the stream", metric);
            chart.getStyler().setYAxisMin(0.0);
            curves.forEach((method, curve) -> {
                List<LearningCurve.Point> points = curve.points();
                chart.addSeries(
                                method,
                                points.stream()
                                        .mapToDouble(LearningCurve.Point::position)
                                        .toArray(),
                                points.stream()
                                        .mapToDouble(LearningCurve.Point::value)
                                        .toArray())
                        .setMarker(SeriesMarkers.NONE);
            });
            write(file, chart);
        }

        /**
         * Draws observed frequencies against predicted probabilities, one line per method, with the diagonal of perfect
         * calibration.
         */
        static void calibration(Path file, Map<String, ReliabilityCurve> curves) throws IOException {
            XYChart chart = chart("Calibration", "predicted probability", "share that came true");
            chart.addSeries("ideal", new double[] {0, 1}, new double[] {0, 1})
                    .setMarker(SeriesMarkers.NONE)
                    .setLineStyle(SeriesLines.DASH_DASH);
            curves.forEach((method, curve) -> {
                List<ReliabilityCurve.Bin> bins = curve.bins();
                chart.addSeries(
                                method,
                                bins.stream()
                                        .mapToDouble(ReliabilityCurve.Bin::predicted)
                                        .toArray(),
                                bins.stream()
                                        .mapToDouble(ReliabilityCurve.Bin::observed)
                                        .toArray())
                        .setMarker(SeriesMarkers.CIRCLE);
            });
            write(file, chart);
        }

        private static XYChart chart(String title, String horizontal, String vertical) {
            return new XYChartBuilder()
                    .width(WIDTH)
                    .height(HEIGHT)
                    .title(title)
                    .xAxisTitle(horizontal)
                    .yAxisTitle(vertical)
                    .build();
        }

        private static void write(Path file, XYChart chart) throws IOException {
            try (OutputStream out = Files.newOutputStream(file)) {
                VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
            }
        }
    }
}
