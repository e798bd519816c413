package dev.kombo.engine.report;

import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.task.CompositeKey;

/**
 * Builds the keys of the report task's tables. Parts are separated by the ASCII unit separator, which no id may
 * contain; times are padded, so that windows of one kind are in order of time.
 */
public final class ReportKeys {
    private static final char SEPARATOR = CompositeKey.SEPARATOR;

    /** Digits of a start in epoch milliseconds: enough until the year 5138. */
    private static final int START_DIGITS = 14;

    private ReportKeys() {}

    /** Key of a window's account, which is also the key of its report. */
    public static String window(String experiment, WindowKind kind, long start) {
        String digits = Long.toString(start);
        return experiment
                + SEPARATOR
                + kind
                + SEPARATOR
                + "0".repeat(Math.max(0, START_DIGITS - digits.length()))
                + digits;
    }

    /** The experiment of a window's key. */
    static String experiment(String windowKey) {
        return windowKey.substring(0, windowKey.indexOf(SEPARATOR));
    }

    /** Key of the account of an experiment since its start. */
    public static String total(String experiment) {
        return window(experiment, WindowKind.TOTAL, 0);
    }

    /** Key of the account of the UTC day that includes a time. */
    public static String day(String experiment, long time) {
        return window(experiment, WindowKind.DAY, WindowKind.DAY.startOf(time));
    }

    /** Key of a bundle's account in an arm. */
    public static String bundle(String experiment, String arm, String bundleId) {
        return bundlesOf(experiment, arm) + bundleId;
    }

    /** Keys of the accounts of all bundles of an experiment. */
    public static KeyRange bundlesOf(String experiment) {
        return KeyRange.of(experiment + SEPARATOR);
    }

    /** Prefix of the keys of all bundles of an arm. */
    static String bundlesOf(String experiment, String arm) {
        return experiment + SEPARATOR + arm + SEPARATOR;
    }

    /**
     * A range of keys.
     *
     * @param end the first key behind the range
     */
    public record KeyRange(String first, String end) {
        /** All keys with a prefix that ends in the separator. */
        static KeyRange of(String prefix) {
            return new KeyRange(prefix, CompositeKey.after(prefix));
        }
    }
}
