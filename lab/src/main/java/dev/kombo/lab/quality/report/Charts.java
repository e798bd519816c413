package dev.kombo.lab.quality.report;

import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The pictures of an evaluation, as SVG documents. A method has the same colour in all of them. */
final class Charts {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;
    private static final int SQUARE = 380;
    private static final double SMALLEST_DOT = 2.5;
    private static final double LARGEST_DOT = 8;

    private final List<String> methods;

    /**
     * @param methods all methods of the evaluation, in order
     */
    Charts(Collection<String> methods) {
        this.methods = List.copyOf(methods);
    }

    /** The curves' methods in the order of the evaluation; it may not know some of them. */
    private List<String> inOrder(Map<String, ?> curves) {
        List<String> ordered = new ArrayList<>(curves.keySet());
        ordered.sort(Comparator.comparingInt(this::style));
        return ordered;
    }

    private int style(String method) {
        int index = methods.indexOf(method);
        return index < 0 ? methods.size() : index;
    }

    /** A metric along the stream, a line a method. */
    String learning(String metric, Map<String, LearningCurve> curves) {
        List<Series> series = new ArrayList<>();
        double highest = 0;
        long length = 1;
        for (String method : inOrder(curves)) {
            LearningCurve curve = curves.get(method);
            List<Series.Point> points = new ArrayList<>();
            for (LearningCurve.Point point : curve.points()) {
                points.add(new Series.Point(point.position(), point.value(), 0));
                highest = Math.max(highest, point.value());
            }
            length = Math.max(length, curve.length());
            series.add(new Series(method, style(method), points));
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
    String calibration(Map<String, ReliabilityCurve> curves) {
        List<Series> series = new ArrayList<>();
        for (String method : inOrder(curves)) {
            ReliabilityCurve curve = curves.get(method);
            List<Series.Point> points = new ArrayList<>();
            for (ReliabilityCurve.Bin bin : curve.bins()) {
                double radius = LARGEST_DOT * Math.sqrt((double) bin.count() / curve.count());
                points.add(new Series.Point(bin.predicted(), bin.observed(), Math.max(SMALLEST_DOT, radius)));
            }
            series.add(new Series(method, style(method), points));
        }
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
