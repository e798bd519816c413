package dev.kombo.settings;

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
