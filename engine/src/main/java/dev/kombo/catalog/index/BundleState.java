package dev.kombo.catalog.index;

/**
 * Whether a bundle can be offered at all, regardless of the shopper, or the reason why not. This is the one rule: what
 * is offered, explained and shown of a bundle follows it. Reasons are looked for in this order.
 */
public enum BundleState {
    OFFERED,
    /** It was stopped. */
    STOPPED,
    ENDED,
    SCHEDULED,
    /** A slot lacks items that can be sold. */
    UNFILLABLE,
    /** The bundle or a member has no price. */
    UNPRICED,
    /** The bundle's and its members' prices are not all in one currency. */
    MIXED_CURRENCIES,
    /** It costs more than its members one by one. */
    DEARER_THAN_MEMBERS,
    /** Its price gives a larger discount or a smaller margin than it may. */
    BELOW_PRICE_LIMITS,
    SOLD_OUT;

    /** The state at an event time, epoch milliseconds. */
    public static BundleState of(BundleEntry entry, long now) {
        return of(entry, now, false);
    }

    /**
     * The state at an event time, epoch milliseconds.
     *
     * @param discounts whether the price is chosen for each offer, within its limits: the bundle's own need not keep
     *     them
     */
    public static BundleState of(BundleEntry entry, long now, boolean discounts) {
        if (now >= entry.validUntil() && entry.validUntil() != Long.MAX_VALUE) {
            return entry.validUntil() == Long.MIN_VALUE ? STOPPED : ENDED;
        }
        if (now < entry.validFrom()) {
            return SCHEDULED;
        }
        return entry.offerable() ? OFFERED : apartFromTime(entry.fill(), entry.terms(), discounts);
    }

    /** The state while the bundle is valid. */
    static BundleState apartFromTime(SlotFill fill, BundleTerms terms, boolean discounts) {
        if (fill.unfilled() != null) {
            return UNFILLABLE;
        }
        if (!terms.priced()) {
            return UNPRICED;
        }
        if (!terms.oneCurrency()) {
            return MIXED_CURRENCIES;
        }
        if (terms.dearerThanMembers()) {
            return DEARER_THAN_MEMBERS;
        }
        if (!discounts && terms.priceMinor() < terms.lowestPriceMinor()) {
            return BELOW_PRICE_LIMITS;
        }
        return terms.sellable() < 1 ? SOLD_OUT : OFFERED;
    }
}
