package dev.kombo.shop.data;

import dev.kombo.table.Amounts;
import dev.kombo.table.NumberReader;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** How a file writes numbers, and by how many digits its prices are shifted to minor units. */
final class NumberNotation implements NumberReader {
    /** Characters allowed beside the digits of a price: signs and codes of currencies, gaps. */
    static final Pattern SIGNS = Pattern.compile("[\\s\\p{Z}\\p{Sc}']|^[A-Z]{3}|[A-Z]{3}$");

    /** Shifts prices by as many digits as their currency has. */
    static final int SCALE_OF_CURRENCY = -1;

    private final String decimal;
    private final String group;
    private final Pattern grouped;
    private final int priceScale;

    /**
     * A notation.
     *
     * @param decimal a point or a comma; null: numbers are written as in Java
     * @param priceScale digits by which prices are shifted, or {@link #SCALE_OF_CURRENCY}
     */
    NumberNotation(String decimal, int priceScale) {
        this.decimal = decimal;
        this.priceScale = priceScale;
        boolean comma = ",".equals(decimal);
        group = comma ? "." : ",";
        grouped = Pattern.compile(comma ? "-?\\d{1,3}(\\.\\d{3})+(,\\d+)?" : "-?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    }

    BigDecimal number(String field, String text) {
        return Amounts.decimal(field, plain(text));
    }

    /** Returns a whole number, where it is clear that no mark is a decimal one. */
    int count(String field, String number) {
        if (decimal == null && FormatGuess.GROUPED.matcher(number).matches()) {
            throw RejectedRowException.unparsable(
                    field,
                    Row.shown(number) + " may be a thousand or not: the mapping must say decimal = . or decimal = ,");
        }
        return Amounts.integer(field, plain(number));
    }

    @Override
    public long whole(String column, String text) {
        return count(column, text);
    }

    @Override
    public long minor(String field, String text, String currency) {
        return Amounts.shifted(field, number(field, text), digits(currency));
    }

    /** Returns the decimals of a currency's amounts. */
    int digits(String currency) {
        return priceScale == SCALE_OF_CURRENCY ? Amounts.digits(currency) : priceScale;
    }

    /** Converts a number from the file's notation to Java's; unchanged if the mapping does not specify the notation. */
    private String plain(String number) {
        if (decimal == null) {
            return number;
        }
        String bare = SIGNS.matcher(number).replaceAll("");
        return (grouped.matcher(bare).matches() ? bare.replace(group, "") : bare).replace(decimal, ".");
    }
}
