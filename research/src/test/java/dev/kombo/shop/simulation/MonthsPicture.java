package dev.kombo.shop.simulation;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** Draws months by orders per month, both by their logarithms, as SVG. */
final class MonthsPicture {
    private static final double[] ORDERS = {100, 1_000, 10_000, 100_000};
    private static final double[] MONTHS = {0.1, 1, 12, 120};
    private static final String[] COLOURS = {"#0b6e6e", "#5b3fa8", "#1c4f9c", "#b3540a", "#a3195b"};
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 90;
    private static final int RIGHT = 170;
    private static final int TOP = 20;
    private static final int BOTTOM = 50;

    /**
     * A line of the picture.
     *
     * @param months by orders per month
     */
    record Line(String name, DoubleUnaryOperator months) {}

    private MonthsPicture() {}

    static String of(List<Line> lines) {
        StringBuilder svg = new StringBuilder(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\"%n"
                        + "    role=\"img\" aria-label=\"Months by orders per month\">%n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        for (double orders : ORDERS) {
            svg.append(text(
                    "<path d=\"M%.0f %dV%d\" stroke=\"#d3dbe1\"/><text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>%n",
                    x(orders), TOP, HEIGHT - BOTTOM, x(orders), HEIGHT - BOTTOM + 18, orders));
        }
        for (double months : MONTHS) {
            svg.append(text(
                    "<path d=\"M%d %.0fH%d\" stroke=\"#d3dbe1\"/><text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%s</text>%n",
                    LEFT, y(months), WIDTH - RIGHT, LEFT - 8, y(months) + 4, name(months)));
        }
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">orders per month</text>%n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10));
        for (int i = 0; i < lines.size(); i++) {
            svg.append(line(lines.get(i), COLOURS[i % COLOURS.length], TOP + 20 + 22 * i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String line(Line line, String colour, int legendAt) {
        StringBuilder path = new StringBuilder();
        for (double orders = ORDERS[0]; orders <= ORDERS[ORDERS.length - 1] * 1.001; orders *= Math.pow(10, 0.1)) {
            double months = line.months().applyAsDouble(orders);
            if (months >= MONTHS[0] && months <= MONTHS[MONTHS.length - 1]) {
                path.append(text("%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(orders), y(months)));
            }
        }
        return text(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/><path d=\"M%d %dh24\" stroke=\"%s\" stroke-width=\"2.5\"/>"
                        + "<text x=\"%d\" y=\"%d\">%s</text>%n",
                path, colour, WIDTH - RIGHT + 12, legendAt, colour, WIDTH - RIGHT + 42, legendAt + 4, line.name());
    }

    private static double x(double orders) {
        return between(orders, ORDERS, LEFT, WIDTH - RIGHT);
    }

    private static double y(double months) {
        return between(months, MONTHS, HEIGHT - BOTTOM, TOP);
    }

    private static double between(double value, double[] range, double from, double to) {
        double part = Math.log(value / range[0]) / Math.log(range[range.length - 1] / range[0]);
        return from + part * (to - from);
    }

    private static String name(double months) {
        return months < 1
                ? "3 days"
                : months == 1 ? "1 month" : text("%.0f years", months / 12).replaceFirst("^1 years", "1 year");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
