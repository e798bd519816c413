package dev.kombo.engine;

import dev.kombo.attribution.Touch;
import dev.kombo.learning.mining.NeighborCounts;
import java.util.List;

/**
 * What one event or one closed order teaches about one target, on its way to the owner of the target. At least one part
 * is there, except in an update that only says that all orders grew by one.
 *
 * @param time epoch milliseconds of the event
 * @param touch somebody touched the target, or null
 * @param order a closed order held the target, or null
 * @param response an offer of the target was answered, or null
 */
public record TargetUpdate(long time, Touch touch, Order order, Response response) {

    /**
     * A touch of the target.
     *
     * @param weight what it counts, in [0, 1]
     * @param unitPriceMinor price paid for one unit in minor units, or {@link dev.kombo.catalog.Item#UNKNOWN}
     * @param currency ISO 4217 code of the price, or null
     * @param partners what the shopper had touched before, each once: {@link dev.kombo.learning.factors.PartnerTable#partnerOf}
     * @param partnerWeights what those touches counted
     */
    public record Touch(float weight, long unitPriceMinor, String currency, long[] partners, float[] partnerWeights) {}

    /**
     * A closed order with the target.
     *
     * @param partners ids of its other items
     * @param offeredPartners those of them that an offered bundle joins with this item
     */
    public record Order(List<String> partners, List<String> offeredPartners) {
        /** An order of which nothing but its existence counts. */
        static final Order ALONE = new Order(List.of(), List.of());
    }

    /**
     * What became of an offer of the target: what to add to its counts.
     *
     * @param impressions 1 where it was seen
     * @param clicks 1 where it was clicked
     * @param conversions 1 where it was bought, -1 where that was taken back
     */
    public record Response(int impressions, int clicks, int conversions) {}

    /** Whether the update brings partners to count. */
    public boolean hasPartners() {
        return order != null && !order.partners().isEmpty();
    }

    /** Counts the partners that {@link #hasPartners} speaks of. */
    public void countPartners(NeighborCounts counts) {
        counts.addOrder(
                order.partners(), order.offeredPartners(), order.partners().size() + 1, time);
    }

    /** A touch. */
    static TargetUpdate touched(long time, Touch touch) {
        return new TargetUpdate(time, touch, null, null);
    }

    /** A closed order held the target. */
    static TargetUpdate ordered(long time, Order order) {
        return new TargetUpdate(time, null, order, null);
    }

    /** An offer of the target was answered. */
    public static TargetUpdate answered(long time, Response response) {
        return new TargetUpdate(time, null, null, response);
    }
}
