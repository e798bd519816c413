package dev.kombo.lab.quality.report;

import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the charts of an evaluation as SVG. */
final class Charts {
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
