package dev.kombo.catalog;

/**
 * One thing that can be bought.
 *
 * @param id the shop's id
 * @param title name shown to shoppers, may be empty
 * @param category the shop's category, or null
 * @param priceMinor price of one unit in minor units, or {@link #UNKNOWN}
 * @param currency ISO 4217 code, or null where there is no price
 * @param costMinor what one unit costs the shop in minor units, or {@link #UNKNOWN}
 * @param stock units on hand, or {@link #UNLIMITED}
 */
public record Item(
        String id, String title, String category, long priceMinor, String currency, long costMinor, long stock) {
    /** An amount that is not known. */
    public static final long UNKNOWN = -1;

    /** Stock that does not run out, or is not known. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Whether a price is known. */
    public boolean priced() {
        return priceMinor >= 0 && currency != null;
    }
}
