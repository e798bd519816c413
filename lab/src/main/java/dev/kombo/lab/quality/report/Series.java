package dev.kombo.lab.quality.report;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name shown in the legend
 * @param style number of its colour and dashes, from 0
 * @param points its points, from left to right
 */
record Series(String name, int style, List<Point> points) {
    /**
     * A point.
     *
     * @param radius of its dot in pixels; 0: no dot
     */
    record Point(double x, double y, double radius) {}

    /** Copies the list. */
    Series {
        points = List.copyOf(points);
    }
}
