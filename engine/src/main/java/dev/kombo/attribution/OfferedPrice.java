package dev.kombo.attribution;

/**
 * What an offered bundle costs, in minor units of one currency. Immutable.
 *
 * @param priceMinor price of the whole
 * @param savingMinor what is saved compared with buying the members one by one
 * @param statedSavingMinor what may be stated as saved: all of it, or less where the price was lower before
 * @param currency ISO 4217 code
 * @param personal whether the price was chosen for the shopper
 * @param memberPrices what each member costs in the bundle, all of its units; empty where that is not known
 * @param memberSavings what each member costs less than by itself; empty where that is in proportion to its price
 */
public record OfferedPrice(
        long priceMinor,
        long savingMinor,
        long statedSavingMinor,
        String currency,
        boolean personal,
        long[] memberPrices,
        long[] memberSavings) {
    private static final long[] NO_AMOUNTS = {};

    static final OfferedPrice BLANK = new OfferedPrice(0, 0, "");

    /** A catalogue's price of which the members' parts are not known. */
    public OfferedPrice(long priceMinor, long savingMinor, String currency) {
        this(priceMinor, savingMinor, savingMinor, currency, false, NO_AMOUNTS, NO_AMOUNTS);
    }

    /**
     * The same price, divided among the members.
     *
     * @param prices of all units of each member, in their order; empty where they are not known
     * @param savings what each costs less than by itself; empty where that is in proportion to its price
     */
    public OfferedPrice divided(long[] prices, long[] savings) {
        return new OfferedPrice(priceMinor, savingMinor, statedSavingMinor, currency, personal, prices, savings);
    }

    /**
     * What may be stated as saved by a price.
     *
     * @param saving what is saved compared with buying the members one by one
     * @param prior the highest price that the saving may be stated against
     */
    public static long stated(long price, long saving, long prior) {
        return prior < price + saving ? Math.max(0, prior - price) : saving;
    }
}
