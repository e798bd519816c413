package dev.kombo.query.source;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.Item;
import dev.kombo.query.http.Described;

/** An amount of money as JSON. */
public record Money(
        @Described("in minor units of the currency") long amountMinor,
        @Described("ISO 4217 code") String currency) {
    /** Returns the amount, or null if it or its currency is unknown or absent. */
    public static Money orNull(long amountMinor, String currency) {
        return amountMinor == Item.UNKNOWN
                        || currency == null
                        || currency.isEmpty()
                        || (amountMinor == 0 && currency.equals(Bundle.NO_CURRENCY))
                ? null
                : new Money(amountMinor, currency);
    }
}
