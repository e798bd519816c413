package dev.kombo.settings;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A setting: the one place for its name, type, default, range, importance and documentation.
 *
 * @param <T> type of the value that code reads
 * @param name full name, such as {@code kombo.offer.size}
 * @param kind what a person writes
 * @param standard the default, as {@code kind} says; a list as text separated by commas
 * @param allowed the values that can be used
 * @param importance who should know it
 * @param doc one sentence for the reference page
 */
public record Setting<T>(
        String name, Kind kind, Object standard, Allowed<T> allowed, Importance importance, String doc) {
    /** What a person writes. */
    public enum Kind {
        INT,
        LONG,
        DOUBLE,
        BOOLEAN,
        STRING,
        LIST,
        PASSWORD
    }

    /** Who should know a setting. */
    public enum Importance {
        /** Everybody who installs Kombo. */
        HIGH,
        /** Whoever adapts it to a shop, or operates it under load. */
        MEDIUM,
        /** Whoever studies how it works. */
        LOW
    }

    /** A whole number. */
    public static Setting<Integer> ofInt(
            String name, int standard, Range<Integer> range, Importance importance, String doc) {
        return new Setting<>(name, Kind.INT, standard, range, importance, doc);
    }

    /** A large whole number, such as a time in milliseconds. */
    public static Setting<Long> ofLong(
            String name, long standard, Range<Long> range, Importance importance, String doc) {
        return new Setting<>(name, Kind.LONG, standard, range, importance, doc);
    }

    /** A real number. */
    public static Setting<Double> ofDouble(
            String name, double standard, Range<Double> range, Importance importance, String doc) {
        return new Setting<>(name, Kind.DOUBLE, standard, range, importance, doc);
    }

    /** Yes or no. */
    public static Setting<Boolean> ofBoolean(String name, boolean standard, Importance importance, String doc) {
        return new Setting<>(name, Kind.BOOLEAN, standard, new Format<>("", Boolean.class::cast), importance, doc);
    }

    /** Any text. */
    public static Setting<String> ofString(String name, String standard, Importance importance, String doc) {
        return new Setting<>(name, Kind.STRING, standard, new Format<>("", String.class::cast), importance, doc);
    }

    /** A text that says something. */
    public static Setting<String> ofNonBlank(String name, String standard, Importance importance, String doc) {
        return ofFormat(
                name,
                standard,
                new Format<>("not blank", given -> {
                    if (given.toString().isBlank()) {
                        throw new IllegalArgumentException("nothing is given");
                    }
                    return given.toString();
                }),
                importance,
                doc);
    }

    /** A text of some form. */
    public static Setting<String> ofFormat(
            String name, String standard, Format<String> format, Importance importance, String doc) {
        return new Setting<>(name, Kind.STRING, standard, format, importance, doc);
    }

    /** One of the constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Setting<E> ofChoice(String name, E standard, Importance importance, String doc) {
        List<String> choices = List.of(standard.getDeclaringClass().getEnumConstants()).stream()
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        Function<Object, E> reader = given -> {
            int index = choices.indexOf(given.toString());
            if (index < 0) {
                throw new IllegalArgumentException(given + " is not known");
            }
            return standard.getDeclaringClass().getEnumConstants()[index];
        };
        return new Setting<>(
                name,
                Kind.STRING,
                standard.name().toLowerCase(Locale.ROOT),
                new Format<>(String.join(", ", choices), reader),
                importance,
                doc);
    }

    /** A list, written with commas. */
    public static <T> Setting<T> ofList(
            String name, String standard, Format<T> format, Importance importance, String doc) {
        return new Setting<>(name, Kind.LIST, standard, format, importance, doc);
    }

    /** A secret, which is never shown; null where none is given. */
    public static Setting<String> ofPassword(String name, Importance importance, String doc) {
        return new Setting<>(name, Kind.PASSWORD, null, new Format<>("", String.class::cast), importance, doc);
    }

    /**
     * Reads a value.
     *
     * @param given an Integer, Long, Double, Boolean, String or list of strings, as the kind says
     * @throws IllegalArgumentException naming the setting, the value and what is expected instead
     */
    public T read(Object given) {
        try {
            return allowed.read(given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(problem(e.getMessage()), e);
        }
    }

    /** What is wrong with a value, with what is expected instead. */
    public String problem(String found) {
        return name + ": " + found + (allowed.toString().isEmpty() ? "" : "; expected: " + allowed);
    }

    /** The value where nothing is given. */
    public T defaultValue() {
        return read(
                kind != Kind.LIST
                        ? standard
                        : standard.equals("") ? List.of() : List.of(((String) standard).split(",")));
    }
}
