package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How earlier offers affect a shopper at one moment.
 *
 * @param fatigue number of slates seen, older ones weighted less
 * @param lately items of bundles accepted in the last weeks
 */
record OfferFatigue(double fatigue, List<Integer> lately) {
    /** The mood of a shopper who has seen no offer. */
    static final OfferFatigue FRESH = new OfferFatigue(0, new ArrayList<>());

    /** Share of the items that were in recently accepted bundles. */
    double had(int[] items) {
        return IntStream.of(items).filter(lately::contains).count() / (double) items.length;
    }
}
