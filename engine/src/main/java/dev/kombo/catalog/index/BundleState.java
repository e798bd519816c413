package dev.kombo.catalog.index;

/** Whether a bundle is offered as things are, to whomever no rule of a shopper keeps it from; or why it is not. */
public enum BundleState {
    OFFERED,
    /** Somebody stopped it. */
    STOPPED,
    ENDED,
    SCHEDULED,
    /** It or a member has no price, or the prices are not in one currency. */
    UNPRICED,
    SOLD_OUT;

    /** The state at a time of the shop, epoch milliseconds. */
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
        return entry.sellable() < 1 ? SOLD_OUT : OFFERED;
    }
}
