package dev.kombo.table;

import dev.kombo.catalog.CatalogRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.regex.Pattern;

/** Reads numbers and amounts of money exactly. A text that is none rejects its row. */
public final class Amounts {
    /**
     * Most digits before the point: more than any real figure has, and a price of as many fits a long of minor units.
     */
    private static final int MAX_WHOLE_DIGITS = 15;

    /** Most digits in all, and of decimal places; with {@code 1e-900000000} BigDecimal arithmetic would never end. */
    private static final int MAX_DIGITS = 64;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,14}([.,]\\d{1,6})?");

    private Amounts() {}

    /** Returns a number of bounded length. */
    public static BigDecimal decimal(String column, String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            boolean bounded = Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
            if (bounded && number.precision() - number.scale() <= MAX_WHOLE_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, together with numbers of excessive length
        }
        throw RejectedRowException.unparsable(column, "expected a number, found " + Row.shown(value));
    }

    /** Returns a whole number that fits an int. */
    public static int integer(String column, String value) {
        try {
            return decimal(column, value).intValueExact();
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable(column, "expected a whole number, found " + Row.shown(value));
        }
    }

    /** Returns an amount as shops write it, 12.99 or 12,99, in minor units of its currency. */
    public static long minor(String column, String text, String currency) {
        if (!CatalogRules.isCurrencyCode(currency)) {
            throw RejectedRowException.unparsable(
                    "currency", column + " needs a currency, a code of ISO 4217 such as GBP");
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw RejectedRowException.unparsable(column, "expected an amount such as 12.99, found " + text);
        }
        BigDecimal amount = new BigDecimal(text.replace(',', '.'));
        // Zeros count too: 1.500 may mean one and a half thousand.
        if (amount.scale() > digits(currency)) {
            throw RejectedRowException.unparsable(column, text + " has more decimals than " + currency);
        }
        return shifted(column, amount, digits(currency));
    }

    /** Moves a number's decimal point to the right by some digits, then rounds half up. */
    public static long shifted(String column, BigDecimal number, int digits) {
        try {
            return number.movePointRight(digits)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable(column, "expected a smaller number, found " + number);
        }
    }

    /** Returns an amount in minor units as it is written in a table. */
    static String text(long minor, String currency) {
        return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
    }

    /** Returns the number of decimals of a currency. */
    public static int digits(String currency) {
        if (!CatalogRules.isCurrencyCode(currency)) {
            throw RejectedRowException.unparsable("currency", "a price needs an ISO 4217 code, found " + currency);
        }
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
