package dev.kombo.table;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a delimited file. Reading a value that is not as required rejects the row, and says what was expected.
 *
 * @param columns position of each column by name
 * @param values null if the text cannot be parsed
 */
public record Row(int line, String text, Map<String, Integer> columns, List<String> values) {
    private static final int LONGEST_QUOTE = 40;

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

    /** Returns the values by column. */
    public Map<String, String> cells() {
        Map<String, String> cells = new LinkedHashMap<>();
        columns.keySet().forEach(column -> cells.put(column, text(column)));
        return cells;
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
        int index = integer(column);
        if (index < 0 || index >= count) {
            throw RejectedRowException.unparsable(
                    column, "expected an id from 0 to " + (count - 1) + ", found " + shown(text(column)));
        }
        return index;
    }

    /** Returns a whole number that fits an int. */
    public int integer(String column) {
        return Amounts.integer(column, text(column));
    }

    /** Returns a number of bounded length. */
    public BigDecimal decimal(String column) {
        return Amounts.decimal(column, text(column));
    }

    /** Returns the exception for a reference to something that another file lacks: the row is unusable. */
    public RuntimeException unusable(String reason, String column) {
        return new RejectedRowException(reason, column, "found " + shown(text(column)));
    }

    /**
     * Checks a number of units bought.
     *
     * @throws RejectedRowException {@code zero-quantity}, {@code negative-quantity}
     */
    public static int units(int quantity, String column) {
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
    public static long priceInHundredths(BigDecimal price, String column) {
        if (price.signum() <= 0) {
            throw new RejectedRowException(
                    "price-not-positive", column, "expected a price above 0, found " + price.toPlainString());
        }
        long minor = Amounts.shifted(column, price, 2);
        if (minor == 0) {
            throw new RejectedRowException(
                    "price-below-minor-unit",
                    column,
                    "expected at least half a minor unit, found " + price.toPlainString());
        }
        return minor;
    }

    /** Returns a value for a message. */
    public static String shown(String value) {
        return "'" + cut(value) + "'";
    }

    /** Returns the beginning of a value. */
    public static String cut(String value) {
        return value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + '…';
    }
}
