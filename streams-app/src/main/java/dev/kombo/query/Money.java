package dev.kombo.query;

import dev.kombo.catalog.Item;

/**
 * An amount of money.
 *
 * @param amountMinor in minor units of the currency
 * @param currency ISO 4217 code
 */
record Money(long amountMinor, String currency) {
    /** The amount, or null where it or its currency is not known. */
    static Money orNull(long amountMinor, String currency) {
        return amountMinor == Item.UNKNOWN || currency == null || currency.isEmpty()
                ? null
                : new Money(amountMinor, currency);
    }
}
