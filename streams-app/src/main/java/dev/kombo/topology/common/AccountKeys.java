package dev.kombo.topology.common;

import dev.kombo.attribution.account.WindowKind;

/**
 * Builds the keys of the report task's stores. Parts are separated by the ASCII unit separator, which no id may
 * contain; times are padded, so that windows of one kind are in order of time.
 */
public final class AccountKeys {
    public static final char SEPARATOR = '\u001f';

    /** Digits of a start in epoch milliseconds: enough until the year 5138. */
    private static final int START_DIGITS = 14;

    private AccountKeys() {}

    /** Key of a window's account, which is also the record key of its report. */
    public static String window(String experiment, WindowKind kind, long start) {
        String digits = Long.toString(start);
        return experiment
                + SEPARATOR
                + kind
                + SEPARATOR
                + "0".repeat(Math.max(0, START_DIGITS - digits.length()))
                + digits;
    }

    /** Key of a bundle's account in an arm. */
    public static String bundle(String experiment, String arm, String bundleId) {
        return bundlesOf(experiment, arm) + bundleId;
    }

    /** Keys of the accounts of all bundles of an experiment. */
    public static KeyRange bundlesOf(String experiment) {
        String prefix = experiment + SEPARATOR;
        return new KeyRange(prefix, after(prefix));
    }

    /**
     * A range of keys.
     *
     * @param end the first key behind the range
     */
    public record KeyRange(String first, String end) {}

    /** Prefix of the keys of all bundles of an arm. */
    public static String bundlesOf(String experiment, String arm) {
        return experiment + SEPARATOR + arm + SEPARATOR;
    }

    /** The first key behind all keys with a prefix that ends in the separator. */
    public static String after(String prefix) {
        return prefix.substring(0, prefix.length() - 1) + (char) (SEPARATOR + 1);
    }
}
