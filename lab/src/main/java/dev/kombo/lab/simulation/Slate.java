package dev.kombo.lab.simulation;

import java.util.List;

/**
 * An offer as the shop shows it.
 *
 * @param offerId id that answers name
 * @param userId to whom it was made
 * @param positions bundles by rank
 */
record Slate(String offerId, String userId, List<Position> positions) {
    /**
     * A bundle of the slate.
     *
     * @param bundle by index
     * @param priceMinor price that is asked, in minor units
     */
    record Position(int bundle, long priceMinor) {}
}
