package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.ranking.Baseline;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.ranking.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of the tables of a data set of baskets. */
final class BasketMethods {
    static final String POPULARITY = "popularity";
    static final String FREQUENCY = "frequency";
    static final String SUPPORT = "support";
    static final String CONFIDENCE = "confidence";
    static final String OVERLAP = "overlap";
    static final String PRIOR = "prior";

    private static final String POPULARITY_LONG = "popularity-long";
    private static final String POPULARITY_SHORT = "popularity-short";
    private static final String OWN_REPEAT = "own-repeat";
    private static final String FACTORS = "factors";

    private BasketMethods() {}

    /** All but the ablations, in the order in which they are shown. */
    static List<String> all() {
        return List.of(
                POPULARITY,
                POPULARITY_LONG,
                POPULARITY_SHORT,
                SUPPORT,
                FREQUENCY,
                OWN_REPEAT,
                CONFIDENCE,
                FACTORS,
                PRIOR,
                Networks.LINEAR,
                Networks.KOMBO);
    }

    /** Those of sessions that make bundles. */
    static List<String> ofSessions() {
        return List.of(POPULARITY_LONG, FACTORS, OVERLAP, Networks.LINEAR, Networks.KOMBO);
    }

    private static Map<String, Baseline> common() {
        return new HashMap<>(Map.of(
                POPULARITY_LONG, Baseline.of(Signal.POPULARITY_LONG),
                POPULARITY_SHORT, Baseline.of(Signal.POPULARITY_SHORT),
                FACTORS, Baseline.of(Signal.DOT)));
    }

    /**
     * Those that rank items.
     *
     * @param popularity purchases of an item
     * @param frequency purchases of it by the user
     */
    static Map<String, Baseline> ofItems(Baseline popularity, Baseline frequency) {
        Map<String, Baseline> baselines = common();
        baselines.put(POPULARITY, popularity);
        baselines.put(FREQUENCY, frequency.thenBy(popularity));
        return baselines;
    }

    /**
     * Those that rank bundles before a basket begins.
     *
     * @param popularity purchases of the least bought member
     */
    static Map<String, Baseline> ofBundles(Baseline popularity) {
        Map<String, Baseline> baselines = common();
        baselines.put(POPULARITY, popularity);
        baselines.put(SUPPORT, Baseline.of(Signal.SUPPORT));
        baselines.put(OWN_REPEAT, ownRepeat());
        return baselines;
    }

    /** Those that rank bundles while a basket is filled. */
    static Map<String, Baseline> ofCompletion() {
        Map<String, Baseline> baselines = common();
        baselines.put(SUPPORT, Baseline.of(Signal.SUPPORT));
        baselines.put(OWN_REPEAT, ownRepeat());
        baselines.put(CONFIDENCE, Baseline.of(Signal.BASKET_CONFIDENCE).thenBy(Baseline.of(Signal.SUPPORT)));
        baselines.put(OVERLAP, Baseline.of(Signal.BASKET_SHARE));
        return baselines;
    }

    private static Baseline ownRepeat() {
        return Baseline.of(Signal.OWN_REPEAT).thenBy(Baseline.of(Signal.POPULARITY_LONG));
    }
}
