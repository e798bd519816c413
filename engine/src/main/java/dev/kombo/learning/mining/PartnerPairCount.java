package dev.kombo.learning.mining;

import dev.kombo.codec.Fields;

/** Counts how often an item was bought together with two partners. Part of {@link NeighborCounts}. */
public final class PartnerPairCount extends SupportCount {
    static final PartnerPairCount BLANK = new PartnerPairCount("", "", 0, 0);

    private final String first;
    private final String second;

    /**
     * Restores a count from its stored parts.
     *
     * @param first the partner with the smaller id
     * @param second the partner with the larger id
     * @param orders orders with all three since the triple was admitted, without those an offer caused
     * @param suggestedOrders {@code orders} when the triple was last suggested as a bundle; 0: never
     */
    public PartnerPairCount(String first, String second, int orders, int suggestedOrders) {
        super(orders, suggestedOrders);
        this.first = first;
        this.second = second;
    }

    PartnerPairCount fields(Fields f) {
        return new PartnerPairCount(f.text(first), f.text(second), f.number(orders()), f.number(suggestedOrders()));
    }

    /** The partner with the smaller id. */
    public String first() {
        return first;
    }

    /** The partner with the larger id. */
    public String second() {
        return second;
    }
}
