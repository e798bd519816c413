package dev.kombo.lab.quality.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis from a round number to a round number, with marks at round numbers between.
 *
 * @param label what it measures
 * @param from lower end
 * @param to upper end, above it
 * @param step distance of two marks
 */
record Axis(String label, double from, double to, double step) {
    private static final int MARKS = 5;

    /** An axis from 0 that reaches up to the highest value. */
    static Axis fromZero(String label, double highest) {
        double top = highest > 0 ? highest : 1;
        double step = roundStep(top / MARKS);
        return new Axis(label, 0, Math.ceil(top / step - 1e-9) * step, step);
    }

    /** An axis of a share or probability. */
    static Axis share(String label) {
        return new Axis(label, 0, 1, 0.2);
    }

    /** An axis that ends where the values end: for the length of a stream. */
    static Axis upTo(String label, double end) {
        return new Axis(label, 0, end, roundStep(end / MARKS));
    }

    /** The smallest of 1, 2, 2.5, 5 times a power of ten that is no less. */
    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Where a value lies, 0 at the lower end, 1 at the upper. */
    double place(double value) {
        return (value - from) / (to - from);
    }

    /** The marks. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int i = 0; from + i * step <= to + step * 1e-6; i++) {
            marks.add(from + i * step);
        }
        return marks;
    }

    /** A mark as text, with as many digits as tell it from the next. */
    String text(double mark) {
        int digits = 0;
        while (digits < 6 && Math.abs(step * Math.pow(10, digits) - Math.rint(step * Math.pow(10, digits))) > 1e-6) {
            digits++;
        }
        return String.format(Locale.ROOT, "%,." + digits + "f", mark);
    }
}
