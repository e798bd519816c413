package dev.kombo.shop.simulation;

import java.util.List;
import java.util.Map;

/**
 * The bundles of one offer as a simulated shopper sees them.
 *
 * @param offerId id for feedback
 * @param userId its shopper
 * @param positions bundles by rank
 */
record ShownSlate(String offerId, String userId, List<Position> positions) {
    /**
     * A bundle of the slate.
     *
     * @param bundle by index
     * @param members items in it, as its slots are filled
     * @param priceMinor offered price, in minor units
     * @param swaps what the shopper may take instead: the bundle with another item in a slot, at its price then
     * @param swapped what is in it instead of what was offered, by the ids of both; empty: it is as offered
     */
    record Position(int bundle, int[] members, long priceMinor, List<Position> swaps, Map<String, String> swapped) {
        Position(int bundle, int[] members, long priceMinor) {
            this(bundle, members, priceMinor, List.of(), Map.of());
        }
    }
}
