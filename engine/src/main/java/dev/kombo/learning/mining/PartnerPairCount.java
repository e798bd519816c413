package dev.kombo.learning.mining;

/** Counts how often an item was bought together with two partners. Part of {@link NeighborCounts}. */
public final class PartnerPairCount extends SupportCount {
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

    /** The partner with the smaller id. */
    public String first() {
        return first;
    }

    /** The partner with the larger id. */
    public String second() {
        return second;
    }
}
