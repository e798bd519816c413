package dev.kombo.learning.mining;

import dev.kombo.codec.Fields;

/** Counts how often an item was bought together with one partner. Part of {@link NeighborCounts}. */
public final class PartnerCount extends SupportCount {
    static final PartnerCount BLANK = new PartnerCount("", 0, 0, 0);

    private final String itemId;
    private float weight;

    /**
     * Restores a count from its stored parts.
     *
     * @param itemId the partner
     * @param weight decayed orders with both, each counted orderSize^-0.5
     * @param orders orders with both since the partner was admitted, without those an offer caused
     * @param suggestedOrders {@code orders} when the pair was last suggested as a bundle; 0: never
     */
    public PartnerCount(String itemId, float weight, int orders, int suggestedOrders) {
        super(orders, suggestedOrders);
        this.itemId = itemId;
        this.weight = weight;
    }

    PartnerCount fields(Fields f) {
        return new PartnerCount(f.text(itemId), f.real(weight), f.number(orders()), f.number(suggestedOrders()));
    }

    /** The partner. */
    public String itemId() {
        return itemId;
    }

    /** Decayed orders with both at {@link NeighborCounts#time}; for its error see there. */
    public float weight() {
        return weight;
    }

    void addWeight(float increment) {
        weight += increment;
    }

    void decay(float factor) {
        weight *= factor;
    }
}
