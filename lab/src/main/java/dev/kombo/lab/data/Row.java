package dev.kombo.lab.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** One row of a delimited file. Reading a value that is not as required rejects the row, and says what was expected. */
public final class Row {
    /**
     * Most digits before the point: more than any real figure has, and a price of as many fits a long of minor units.
     */
    private static final int MAX_WHOLE_DIGITS = 15;

    /** Most digits in all, and of decimal places; with {@code 1e-900000000} BigDecimal arithmetic would never end. */
    private static final int MAX_DIGITS = 64;

    private final int line;
    private final String text;
    private final Map<String, Integer> columns;
    private final List<String> values;

    /**
     * @param columns position of each column by name
     * @param values null if the text cannot be parsed
     */
    Row(int line, String text, Map<String, Integer> columns, List<String> values) {
        this.line = line;
        this.text = text;
        this.columns = columns;
        this.values = values;
    }

    /** Physical line of the file, from 1, on which the row starts. */
    int line() {
        return line;
    }

    /** The row as written in the file, without the final line end; line ends within quotes are {@code \n}. */
    String text() {
        return text;
    }

    List<String> values() {
        return values;
    }

    /** Returns the value of a column without surrounding white space; may be empty. */
    public String text(String column) {
        if (values == null) {
            throw RejectedRowException.unparsable("row", "expected balanced quotes");
        }
        if (values.size() != columns.size()) {
            throw RejectedRowException.unparsable(
                    "row", "expected %d columns, found %d".formatted(columns.size(), values.size()));
        }
        return values.get(columns.get(column)).strip();
    }

    /** Returns a value that must not be empty. */
    public String key(String column) {
        String value = text(column);
        if (value.isEmpty()) {
            throw RejectedRowException.unparsable(column, "expected an id, found nothing");
        }
        return value;
    }

    /** Returns the number of an id in the range 0 to {@code count - 1}. */
    public int index(String column, int count) {
        int index = integer(column, text(column));
        if (index < 0 || index >= count) {
            throw RejectedRowException.unparsable(
                    column, "expected an id from 0 to " + (count - 1) + ", found " + shown(text(column)));
        }
        return index;
    }

    /** Returns a whole number that fits an int. */
    int integer(String column) {
        return integer(column, text(column));
    }

    /** Returns a number of bounded length. */
    BigDecimal decimal(String column) {
        return decimal(column, text(column));
    }

    /** Returns the exception for a reference to something that another file lacks: the row is unusable. */
    public RuntimeException unusable(String reason, String column) {
        return new RejectedRowException(reason, column, "found " + shown(text(column)));
    }

    static int integer(String column, String value) {
        try {
            return decimal(column, value).intValueExact();
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable(column, "expected a whole number, found " + shown(value));
        }
    }

    static BigDecimal decimal(String column, String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            boolean bounded = Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
            if (bounded && number.precision() - number.scale() <= MAX_WHOLE_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, together with numbers of excessive length
        }
        throw RejectedRowException.unparsable(column, "expected a number, found " + shown(value));
    }

    /**
     * Checks a number of units bought.
     *
     * @throws RejectedRowException {@code zero-quantity}, {@code negative-quantity}
     */
    static int units(int quantity, String column) {
        if (quantity <= 0) {
            throw new RejectedRowException(
                    quantity == 0 ? "zero-quantity" : "negative-quantity", column, "expected units, found " + quantity);
        }
        return quantity;
    }

    /**
     * Returns a price in hundredths of its currency, rounded half up.
     *
     * @throws RejectedRowException {@code price-not-positive}; {@code price-below-minor-unit} if a positive price
     *     rounds to 0, which would give the goods away
     */
    static long priceInHundredths(BigDecimal price, String column) {
        if (price.signum() <= 0) {
            throw new RejectedRowException(
                    "price-not-positive", column, "expected a price above 0, found " + price.toPlainString());
        }
        long minor = shifted(price, 2, column);
        if (minor == 0) {
            throw new RejectedRowException(
                    "price-below-minor-unit",
                    column,
                    "expected at least half a minor unit, found " + price.toPlainString());
        }
        return minor;
    }

    /** Moves a number's decimal point to the right by some digits, then rounds half up. */
    static long shifted(BigDecimal number, int digits, String column) {
        try {
            return number.movePointRight(digits)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable(column, "expected a smaller number, found " + number);
        }
    }

    static String shown(String value) {
        return value.length() <= 40 ? "'" + value + "'" : "'" + value.substring(0, 40) + "…'";
    }
}
