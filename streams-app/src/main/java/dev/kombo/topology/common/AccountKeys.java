package dev.kombo.topology.common;

/** Builds keys of stores from ids. Parts are separated by the ASCII unit separator, which no id may contain. */
public final class AccountKeys {
    public static final char SEPARATOR = '\u001f';

    private AccountKeys() {}

    /** The first key behind all keys with a prefix that ends in the separator. */
    public static String after(String prefix) {
        return prefix.substring(0, prefix.length() - 1) + (char) (SEPARATOR + 1);
    }
}
