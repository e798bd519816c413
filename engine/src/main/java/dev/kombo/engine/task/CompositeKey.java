package dev.kombo.engine.task;

/**
 * Keys of tables that are made of several ids, so that rows that belong together lie one behind the other. Parts are
 * separated by the ASCII unit separator, which no id may contain.
 */
public final class CompositeKey {
    public static final char SEPARATOR = '\u001f';

    private CompositeKey() {}

    /** Returns the first key behind all keys with a prefix that ends in the separator. */
    public static String after(String prefix) {
        return prefix.substring(0, prefix.length() - 1) + (char) (SEPARATOR + 1);
    }
}
