package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What earlier offers left behind in a shopper, at one moment.
 *
 * @param fatigue slates seen, older ones weighing less
 * @param lately items of bundles taken in the last weeks
 */
record OfferMood(double fatigue, List<Integer> lately) {
    /** Of whom no offer was seen. */
    static final OfferMood FRESH = new OfferMood(0, new ArrayList<>());

    /** Share of items that were in bundles taken lately. */
    double had(int[] items) {
        return IntStream.of(items).filter(lately::contains).count() / (double) items.length;
    }
}
