package dev.kombo.console;

import java.math.BigDecimal;
import java.util.Currency;

/** Formats amounts of money for people. */
public final class MoneyText {
    private static final int USUAL_DIGITS = 2;

    private MoneyText() {}

    /** Returns {@code 1,234.50 GBP} for 123450 minor units; a currency unknown to Java has two digits. */
    public static String of(long amountMinor, String currency) {
        int digits = digits(currency);
        return Figures.text("%,." + digits + "f %s", BigDecimal.valueOf(amountMinor, digits), currency);
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return USUAL_DIGITS;
        }
    }
}
