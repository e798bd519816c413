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
     * @param priceMinor offered price, in minor units
     */
    record Position(int bundle, long priceMinor) {}
}
