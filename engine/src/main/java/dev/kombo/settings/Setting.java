package dev.kombo.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration setting: the single source of its name, type, default, range, importance and documentation. A class
 * declares its settings as constants:
 *
 * <pre>
 *   public static final Setting&lt;Integer> SIZE =
 *           Setting.ofInt("kombo.offer.size", 3, between(1, 100)).high("Most bundles of a slate.");
 * </pre>
 *
 * @param <T> type of the value that code reads
 * @param name full name, such as {@code kombo.offer.size}
 * @param kind what a person writes
 * @param standard the default, in the form of {@code kind}; a list as text separated by commas
 * @param allowed the values that can be used
 * @param limit a setting whose value this one must not exceed; null: none
 * @param importance who needs to know it
 * @param doc one sentence for the reference page
 */
public record Setting<T>(
        String name,
        ValueType kind,
        @Nullable Object standard,
        Allowed<T> allowed,
        @Nullable Setting<T> limit,
        Importance importance,
        String doc) {
    /** What a person writes. */
    public enum ValueType {
        INT,
        LONG,
        DOUBLE,
        BOOLEAN,
        STRING,
        LIST,
        PASSWORD
    }

    /** Who needs to know a setting. */
    public enum Importance {
        /** Everybody who installs Kombo. */
        HIGH,
        /** Those who adapt Kombo to a shop, or operate it under load. */
        MEDIUM,
        /** Those who study how it works. */
        LOW
    }

    private static <T> Setting<T> of(String name, ValueType kind, @Nullable Object standard, Allowed<T> allowed) {
        return new Setting<>(name, kind, standard, allowed, null, Importance.LOW, "");
    }

    /** A whole number. */
    public static Setting<Integer> ofInt(String name, int standard, Range<Integer> range) {
        return of(name, ValueType.INT, standard, range);
    }

    /** A large whole number, such as a time in milliseconds. */
    public static Setting<Long> ofLong(String name, long standard, Range<Long> range) {
        return of(name, ValueType.LONG, standard, range);
    }

    /** A real number. */
    public static Setting<Double> ofDouble(String name, double standard, Range<Double> range) {
        return of(name, ValueType.DOUBLE, standard, range);
    }

    /** A boolean. */
    public static Setting<Boolean> ofBoolean(String name, boolean standard) {
        return of(name, ValueType.BOOLEAN, standard, Format.any(Boolean.class));
    }

    /** A text of a given format. */
    public static Setting<String> ofString(String name, String standard, Format<String> format) {
        return of(name, ValueType.STRING, standard, format);
    }

    /** One of the constants of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Setting<E> ofChoice(String name, E standard) {
        return of(
                name,
                ValueType.STRING,
                standard.name().toLowerCase(Locale.ROOT),
                Format.oneOf(List.of(standard.getDeclaringClass().getEnumConstants())));
    }

    /** A list, written with commas. */
    public static <T> Setting<T> ofList(String name, String standard, Format<T> format) {
        return of(name, ValueType.LIST, standard, format);
    }

    /** A secret, which is never shown; null where it is not set. */
    public static Setting<String> ofPassword(String name) {
        return of(name, ValueType.PASSWORD, null, Format.any(String.class));
    }

    /** A secret of a least length, against guessing. */
    public static Setting<String> ofPassword(String name, int shortest) {
        return of(name, ValueType.PASSWORD, null, Format.atLeast(shortest));
    }

    /** Returns the setting with the limit that its value must not exceed another's. */
    public Setting<T> atMost(Setting<T> other) {
        return new Setting<>(name, kind, standard, allowed, other, importance, doc);
    }

    /** Returns the setting documented with high importance. */
    public Setting<T> high(String sentence) {
        return new Setting<>(name, kind, standard, allowed, limit, Importance.HIGH, sentence);
    }

    /** Returns the setting documented with medium importance. */
    public Setting<T> medium(String sentence) {
        return new Setting<>(name, kind, standard, allowed, limit, Importance.MEDIUM, sentence);
    }

    /** Returns the setting documented with low importance. */
    public Setting<T> low(String sentence) {
        return new Setting<>(name, kind, standard, allowed, limit, Importance.LOW, sentence);
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
            throw new IllegalArgumentException(problem(String.valueOf(e.getMessage())), e);
        }
    }

    /** The error message for a value, with what is expected instead. */
    public String problem(String found) {
        return name + ": " + found + (allowed.toString().isEmpty() ? "" : "; expected: " + allowed);
    }

    /** How a value contradicts the limit; empty where it does not. */
    public Optional<String> contradiction(SettingValues values) {
        return limit == null || compare(values.get(this), values.get(limit)) <= 0
                ? Optional.empty()
                : Optional.of(
                        name + ": " + values.get(this) + " must not be above " + limit.name + ", " + values.get(limit));
    }

    @SuppressWarnings("unchecked")
    private static <T> int compare(T value, T most) {
        return ((Comparable<T>) value).compareTo(most);
    }

    /** The default value; null for a secret. */
    @SuppressWarnings("NullAway")
    public T defaultValue() {
        return read(
                kind != ValueType.LIST
                        ? standard
                        : standard.equals("") ? List.of() : List.of(((String) standard).split(",")));
    }

    /**
     * The values that a setting may have. Its text describes them in the reference page and in error messages.
     *
     * @param <T> type of the value that code reads
     */
    public sealed interface Allowed<T> permits Range, Format {
        /**
         * Reads a value.
         *
         * @throws IllegalArgumentException saying what is wrong with it
         */
        T read(Object given);
    }
}
