package dev.kombo.lab.simulation;

import java.util.List;

/**
 * An offer as the shop shows it.
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
     */
    record Position(int bundle, int[] members, long priceMinor, List<Position> swaps) {
        Position(int bundle, int[] members, long priceMinor) {
            this(bundle, members, priceMinor, List.of());
        }
    }
}
