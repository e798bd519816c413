package dev.kombo.lab.quality.report;

import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pictures of an evaluation, as SVG documents. */
final class Charts {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;
    private static final int SQUARE = 380;
    private static final double SMALLEST_DOT = 2.5;
    private static final double LARGEST_DOT = 8;

    private Charts() {}

    /** A metric along the stream, a line a method. */
    static String learning(String metric, Map<String, LearningCurve> curves) {
        List<Series> series = new ArrayList<>();
        double highest = 0;
        long length = 1;
        for (Map.Entry<String, LearningCurve> curve : curves.entrySet()) {
            List<Series.Point> points = new ArrayList<>();
            for (LearningCurve.Point point : curve.getValue().points()) {
                points.add(new Series.Point(point.position(), point.value(), 0));
                highest = Math.max(highest, point.value());
            }
            length = Math.max(length, curve.getValue().length());
            series.add(new Series(curve.getKey(), points));
        }
        return new SvgChart(
                        metric + " along the stream",
                        Axis.upTo("events of the stream", (double) length),
                        Axis.fromZero(metric, highest),
                        series,
                        WIDTH,
                        HEIGHT)
                .draw(false);
    }

    /** What came true against what was predicted, a line a method; a dot's area is its share of the cases. */
    static String calibration(Map<String, ReliabilityCurve> curves) {
        List<Series> series = new ArrayList<>();
        curves.forEach((method, curve) -> {
            List<Series.Point> points = new ArrayList<>();
            for (ReliabilityCurve.Bin bin : curve.bins()) {
                double radius = LARGEST_DOT * Math.sqrt((double) bin.count() / curve.count());
                points.add(new Series.Point(bin.predicted(), bin.observed(), Math.max(SMALLEST_DOT, radius)));
            }
            series.add(new Series(method, points));
        });
        return new SvgChart(
                        "Calibration",
                        Axis.share("predicted probability"),
                        Axis.share("share that came true"),
                        series,
                        SQUARE,
                        SQUARE)
                .draw(true);
    }
}
