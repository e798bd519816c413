package dev.kombo.lab.quality.tuning;

import dev.kombo.catalog.StableHash;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A setting that is searched.
 *
 * @param name full name of the setting
 * @param range its range as shown to a person
 * @param valueAt the value at a place from 0 to below 1, as text
 */
public record Parameter(String name, String range, DoubleFunction<String> valueAt) {
    private static final int SIGNIFICANT_DIGITS = 4;

    /** A number drawn evenly between the bounds. */
    public static Parameter linear(String name, double from, double to) {
        requireRange(name, from, to);
        return new Parameter(
                name, "linear " + from + " to " + to, place -> number(from + place * (to - from), from, to));
    }

    /** A number whose logarithm is drawn evenly between those of the bounds, which are positive: for rates and weights. */
    public static Parameter logarithmic(String name, double from, double to) {
        requireRange(name, from, to);
        if (from <= 0) {
            throw new IllegalArgumentException(name + " from " + from + ": a logarithmic range is above 0");
        }
        return new Parameter(
                name,
                "log " + from + " to " + to,
                place -> number(from * Math.exp(place * Math.log(to / from)), from, to));
    }

    /** A whole number drawn evenly, bounds included. */
    public static Parameter integer(String name, int from, int to) {
        requireRange(name, from, to);
        long count = (long) to - from + 1;
        return new Parameter(
                name, "int " + from + " to " + to, place -> Long.toString(from + (long) Math.floor(place * count)));
    }

    /** One of some values. */
    public static Parameter choice(String name, String... values) {
        List<String> choices = List.of(values);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException(name + " has no values to choose from");
        }
        return new Parameter(name, "one of " + choices, place -> choices.get((int) (place * choices.size())));
    }

    /** The value that a hash draws; different names draw independently. */
    String draw(long hash) {
        return valueAt.apply(StableHash.unit(StableHash.combine(hash, StableHash.of(name))));
    }

    String describe() {
        return name + " " + range;
    }

    private static void requireRange(String name, double from, double to) {
        if (!(from < to) || Double.isInfinite(from) || Double.isInfinite(to)) {
            throw new IllegalArgumentException(name + " from " + from + " to " + to + " is no range");
        }
    }

    /** Short enough to be typed again; more digits than these make no difference that could be measured. */
    private static String number(double value, double from, double to) {
        double rounded = Double.parseDouble(String.format(Locale.ROOT, "%." + SIGNIFICANT_DIGITS + "g", value));
        return Double.toString(Math.min(to, Math.max(from, rounded)));
    }
}
