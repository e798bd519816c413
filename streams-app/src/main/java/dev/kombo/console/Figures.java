package dev.kombo.console;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/** Formats numbers, shares and money for people, alike in every command, whatever the language of the machine. */
public final class Figures {
    private static final int USUAL_DIGITS = 2;

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

    /** Returns {@code 1,234.50 GBP} for 123450 minor units; a currency unknown to Java has two digits. */
    public static String money(long amountMinor, String currency) {
        int digits = digits(currency);
        return text("%,." + digits + "f %s", BigDecimal.valueOf(amountMinor, digits), currency);
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return USUAL_DIGITS;
        }
    }
}
