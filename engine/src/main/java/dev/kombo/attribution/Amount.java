package dev.kombo.attribution;

import dev.kombo.codec.Fields;
import dev.kombo.price.MinorUnits;
import org.jspecify.annotations.Nullable;

/**
 * The money of a purchase or a return: what the shopper paid, and what the shopper saved, in one currency.
 *
 * @param revenueMinor money paid, in minor units; negative for a return
 * @param savingMinor what the shopper saved compared with buying the items one by one, in minor units; negative for a
 *     return
 * @param currency ISO 4217 code; null where there is no money
 */
public record Amount(
        long revenueMinor, long savingMinor, @Nullable String currency) {
    /** No money. */
    public static final Amount NONE = new Amount(0, 0, null);

    public Amount fields(Fields f) {
        return new Amount(f.number(revenueMinor), f.number(savingMinor), f.textOrNull(currency));
    }

    /** The rest after a part in the same currency is taken away. */
    Amount minus(Amount part) {
        return new Amount(revenueMinor - part.revenueMinor, savingMinor - part.savingMinor, currency);
    }

    /** The sum, saturated at the largest or smallest number so that it never changes its sign by overflow. */
    public static long sum(long one, long other) {
        return MinorUnits.sum(one, other);
    }

    /** The part {@code part / whole} of both. */
    Amount share(long part, long whole) {
        return new Amount(share(revenueMinor, part, whole), share(savingMinor, part, whole), currency);
    }

    /**
     * The part {@code part / whole} of an amount, rounded toward zero; the whole amount where both are equal. Does not
     * overflow.
     */
    static long share(long amount, long part, long whole) {
        return amount / whole * part + amount % whole * part / whole;
    }
}
