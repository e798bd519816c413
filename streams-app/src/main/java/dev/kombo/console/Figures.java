package dev.kombo.console;

import java.util.Locale;

/** Figures in texts for people: written alike in every command, whatever the language of the machine. */
public final class Figures {
    private Figures() {}

    /** Fills a pattern as {@link String#format} does. */
    public static String text(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Returns {@code 12,345}. */
    public static String count(long value) {
        return text("%,d", value);
    }

    /** Returns {@code 12.34 %} for a part of 0.1234. */
    public static String percent(double part) {
        return text("%.2f %%", 100 * part);
    }
}
