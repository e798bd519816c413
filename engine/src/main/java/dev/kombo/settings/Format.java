package dev.kombo.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Restricts a setting to values of a given format.
 *
 * @param expected describes the format
 * @param reader reads a value; an IllegalArgumentException says what is wrong with it
 */
public record Format<T>(String expected, Function<Object, T> reader) implements Setting.Allowed<T> {
    /** Any value of a type. */
    static <T> Format<T> any(Class<T> type) {
        return new Format<>("", type::cast);
    }

    /** Any text. */
    public static Format<String> text() {
        return any(String.class);
    }

    /** A text that is not blank. */
    public static Format<String> notBlank() {
        return new Format<>("not blank", given -> {
            if (given.toString().isBlank()) {
                throw new IllegalArgumentException("nothing is given");
            }
            return given.toString();
        });
    }

    /** A secret, which no message shows, of a least length without spaces around it; null where it is not set. */
    static Format<String> atLeast(int characters) {
        return new Format<>("at least " + characters + " characters", given -> {
            if (given != null && given.toString().strip().length() < characters) {
                throw new IllegalArgumentException("too short");
            }
            return (String) given;
        });
    }

    /** One of a list of values, written in lower case. */
    public static <T> Format<T> oneOf(List<T> choices) {
        Map<String, T> byName = choices.stream()
                .collect(Collectors.toMap(choice -> choice.toString().toLowerCase(Locale.ROOT), choice -> choice));
        return new Format<>(choices.toString().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""), given -> {
            if (!byName.containsKey(given.toString())) {
                throw new IllegalArgumentException(given + " is not known");
            }
            return byName.get(given.toString());
        });
    }

    @Override
    public T read(Object given) {
        return reader.apply(given);
    }

    @Override
    public String toString() {
        return expected;
    }
}
