package dev.kombo.catalog.index;

/** Whether a bundle can be offered at all, regardless of the shopper, or the reason why not. */
public enum BundleState {
    OFFERED,
    /** It was stopped. */
    STOPPED,
    ENDED,
    SCHEDULED,
    /** The bundle or a member has no price, or the prices are not in one currency. */
    UNPRICED,
    /** It costs more than its members one by one. */
    DEARER_THAN_MEMBERS,
    /** Its price gives a larger discount or a smaller margin than it may. */
    BELOW_PRICE_LIMITS,
    SOLD_OUT;

    /** The state at an event time, epoch milliseconds. */
    public static BundleState of(BundleEntry entry, long now) {
        if (entry.bundle().stopped()) {
            return STOPPED;
        }
        if (now >= entry.validUntil() && entry.validUntil() != Long.MAX_VALUE) {
            return ENDED;
        }
        if (now < entry.validFrom()) {
            return SCHEDULED;
        }
        if (!entry.priced() || !entry.oneCurrency()) {
            return UNPRICED;
        }
        if (entry.dearerThanMembers()) {
            return DEARER_THAN_MEMBERS;
        }
        if (entry.priceMinor() < entry.lowestPriceMinor()) {
            return BELOW_PRICE_LIMITS;
        }
        return entry.sellable() < 1 ? SOLD_OUT : OFFERED;
    }
}
