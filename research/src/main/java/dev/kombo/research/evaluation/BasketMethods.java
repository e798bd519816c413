package dev.kombo.research.evaluation;

import dev.kombo.ranking.Signal;
import dev.kombo.research.evaluation.RankingTask.Baseline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names the methods that are compared on data sets of baskets, and the simple ones among them. */
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
    private static final String NEIGHBORS = "neighbors";

    /** All methods, in the order of display. */
    static final List<String> ALL = List.of(
            POPULARITY,
            POPULARITY_LONG,
            POPULARITY_SHORT,
            SUPPORT,
            FREQUENCY,
            OWN_REPEAT,
            CONFIDENCE,
            NEIGHBORS,
            FACTORS,
            PRIOR,
            Networks.LINEAR,
            Networks.KOMBO);

    /** Rules of thumb that rank items. */
    static final List<String> SIMPLE_OF_ITEMS = List.of(POPULARITY, FREQUENCY, NEIGHBORS);

    /** Methods for data sets without bundles. */
    static final List<String> OF_NEXT_BASKETS =
            List.of(POPULARITY, FREQUENCY, NEIGHBORS, FACTORS, Networks.LINEAR, Networks.KOMBO);

    /** Rules of thumb that rank bundles in a session. */
    static final List<String> SIMPLE_OF_SESSIONS = List.of(POPULARITY_LONG, OVERLAP, NEIGHBORS);

    /** Methods for data sets whose sessions have bundles. */
    static final List<String> OF_SESSIONS =
            List.of(POPULARITY_LONG, NEIGHBORS, FACTORS, OVERLAP, Networks.LINEAR, Networks.KOMBO);

    private BasketMethods() {}

    private static Map<String, Baseline> common() {
        return new HashMap<>(Map.of(
                POPULARITY_LONG, Baseline.of(Signal.POPULARITY_LONG),
                POPULARITY_SHORT, Baseline.of(Signal.POPULARITY_SHORT),
                NEIGHBORS, Baseline.of(Signal.NEIGHBORS),
                FACTORS, Baseline.of(Signal.DOT)));
    }

    /**
     * Methods that rank items.
     *
     * @param popularity number of purchases of an item
     * @param frequency number of the user's purchases of it
     */
    static Map<String, Baseline> ofItems(Baseline popularity, Baseline frequency) {
        Map<String, Baseline> baselines = common();
        baselines.put(POPULARITY, popularity);
        baselines.put(FREQUENCY, frequency.thenBy(popularity));
        return baselines;
    }

    /**
     * Methods that rank bundles before a basket begins.
     *
     * @param popularity number of purchases of the least bought member
     */
    static Map<String, Baseline> ofBundles(Baseline popularity) {
        Map<String, Baseline> baselines = common();
        baselines.put(POPULARITY, popularity);
        baselines.put(SUPPORT, Baseline.of(Signal.SUPPORT));
        baselines.put(OWN_REPEAT, ownRepeat());
        return baselines;
    }

    /** Methods that rank bundles while a basket is filled. */
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
