package dev.kombo.lab.quality.report;

import java.util.List;
import java.util.Locale;

/** A chart of lines over two axes, as an SVG document that needs nothing beside it. */
final class SvgChart {
    private static final int LEFT = 64;
    private static final int TOP = 44;
    private static final int BOTTOM = 52;
    private static final int GAP = 20;
    private static final int LEGEND_ROW = 20;
    private static final int LEGEND_SAMPLE = 24;
    private static final double CHARACTER_WIDTH = 7;

    private final String title;
    private final Axis horizontal;
    private final Axis vertical;
    private final List<Series> series;
    private final int width;
    private final int height;
    private final StringBuilder svg = new StringBuilder();

    /**
     * @param width pixels between the ends of the horizontal axis
     * @param height pixels between the ends of the vertical one
     */
    SvgChart(String title, Axis horizontal, Axis vertical, List<Series> series, int width, int height) {
        this.title = title;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.series = List.copyOf(series);
        this.width = width;
        this.height = height;
    }

    /**
     * Draws it.
     *
     * @param ideal whether to draw the diagonal, on which both axes say the same
     */
    String draw(boolean ideal) {
        int longest =
                series.stream().mapToInt(line -> line.name().length()).max().orElse(0);
        int fullWidth = LEFT + width + 2 * GAP + LEGEND_SAMPLE + (int) Math.ceil(CHARACTER_WIDTH * longest) + GAP;
        int fullHeight = TOP + Math.max(height, LEGEND_ROW * series.size()) + BOTTOM;
        svg.setLength(0);
        append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                fullWidth, fullHeight, fullWidth, fullHeight);
        append("<title>%s</title>%n<style>%s</style>%n", escaped(title), ChartStyle.css());
        append("<rect class=\"ground\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n", fullWidth, fullHeight);
        text("title", LEFT, 26, "start", title);
        horizontalAxis();
        verticalAxis();
        if (ideal) {
            append("<path class=\"ideal\" d=\"M%d %dL%d %d\"/>%n", LEFT, TOP + height, LEFT + width, TOP);
        }
        for (int i = 0; i < series.size(); i++) {
            line(i);
            legend(i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void horizontalAxis() {
        int bottom = TOP + height;
        for (double mark : horizontal.marks()) {
            double x = x(mark);
            append("<path class=\"axis\" d=\"M%.1f %dv5\"/>%n", x, bottom);
            text("mark", x, bottom + 20, "middle", horizontal.text(mark));
        }
        append("<path class=\"axis\" d=\"M%d %dh%d\"/>%n", LEFT, bottom, width);
        text("label", LEFT + width / 2.0, bottom + 42, "middle", horizontal.label());
    }

    private void verticalAxis() {
        for (double mark : vertical.marks()) {
            double y = y(mark);
            append("<path class=\"grid\" d=\"M%d %.1fh%d\"/>%n", LEFT, y, width);
            text("mark", LEFT - 8, y + 4, "end", vertical.text(mark));
        }
        append("<path class=\"axis\" d=\"M%d %dv%d\"/>%n", LEFT, TOP, height);
        double middle = TOP + height / 2.0;
        append(
                "<text class=\"label\" x=\"16\" y=\"%.1f\" text-anchor=\"middle\" transform=\"rotate(-90 16 %.1f)\">%s</text>%n",
                middle, middle, escaped(vertical.label()));
    }

    private void line(int index) {
        StringBuilder path = new StringBuilder();
        for (Series.Point point : series.get(index).points()) {
            path.append(
                    String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(point.x()), y(point.y())));
        }
        stroke(index, path.toString());
        for (Series.Point point : series.get(index).points()) {
            if (point.radius() > 0) {
                append(
                        "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>%n",
                        ChartStyle.color(series.get(index).style()), x(point.x()), y(point.y()), point.radius());
            }
        }
    }

    private void legend(int index) {
        int x = LEFT + width + GAP;
        int y = TOP + 6 + LEGEND_ROW * index;
        stroke(index, "M" + x + " " + y + "h" + LEGEND_SAMPLE);
        text("name", x + LEGEND_SAMPLE + 8, y + 4, "start", series.get(index).name());
    }

    private void stroke(int index, String path) {
        String dashes = ChartStyle.dashes(series.get(index).style());
        append(
                "<path class=\"line %s\"%s d=\"%s\"/>%n",
                ChartStyle.color(series.get(index).style()),
                dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"",
                path);
    }

    private void text(String kind, double x, double y, String anchor, String content) {
        append(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind, x, y, anchor, escaped(content));
    }

    private double x(double value) {
        return LEFT + width * horizontal.place(value);
    }

    private double y(double value) {
        return TOP + height * (1 - vertical.place(value));
    }

    private void append(String pattern, Object... values) {
        svg.append(String.format(Locale.ROOT, pattern.replace("%n", "\n"), values));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
