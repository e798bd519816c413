package dev.kombo.lab.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The values of one row by column name. A value that does not parse rejects the row with what was expected. */
public final class Fields {
    /** Digits before the point; more than any real figure has, and a price of as many fits a long of minor units. */
    private static final int MAX_WHOLE_DIGITS = 15;

    /** Digits in all, and places of the point; with {@code 1e-900000000} BigDecimal arithmetic would take for ever. */
    private static final int MAX_DIGITS = 64;

    private final Columns columns;
    private final List<String> values;

    Fields(Columns columns, List<String> values) {
        this.columns = columns;
        this.values = values;
    }

    /** The value without surrounding white space; may be empty. */
    public String text(String column) {
        return values.get(columns.position(column)).strip();
    }

    /** The value, which must not be empty. */
    public String key(String column) {
        String value = text(column);
        if (value.isEmpty()) {
            throw RejectedRowException.unparsable(column, "expected an id, found nothing");
        }
        return value;
    }

    /** A whole number that fits an int. */
    public int integer(String column) {
        BigDecimal number = decimal(column);
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable(column, "expected a whole number, found " + shown(text(column)));
        }
    }

    /** The number of an id that counts from 0 to {@code count - 1}. */
    public int index(String column, int count) {
        int index = integer(column);
        if (index < 0 || index >= count) {
            throw RejectedRowException.unparsable(
                    column, "expected an id from 0 to " + (count - 1) + ", found " + shown(text(column)));
        }
        return index;
    }

    /** A number of bounded length. */
    public BigDecimal decimal(String column) {
        String value = text(column);
        try {
            BigDecimal number = new BigDecimal(value);
            boolean bounded = Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
            if (bounded && number.precision() - number.scale() <= MAX_WHOLE_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers of absurd length
        }
        throw RejectedRowException.unparsable(column, "expected a number, found " + shown(value));
    }

    /**
     * An amount in minor units of its currency, rounded half up.
     *
     * @param digits digits after the point that the minor unit stands for: 2 for pence and cents
     */
    static long minorUnits(BigDecimal amount, int digits) {
        return amount.movePointRight(digits).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    static String shown(String value) {
        return value.length() <= 40 ? "'" + value + "'" : "'" + value.substring(0, 40) + "…'";
    }
}
