package dev.kombo.settings;

import java.util.function.Function;

/**
 * Values of some form.
 *
 * @param expected describes the form
 * @param reader reads a value; an IllegalArgumentException says what is wrong with it
 */
public record Format<T>(String expected, Function<Object, T> reader) implements Allowed<T> {
    @Override
    public T read(Object given) {
        return reader.apply(given);
    }

    @Override
    public String toString() {
        return expected;
    }
}
