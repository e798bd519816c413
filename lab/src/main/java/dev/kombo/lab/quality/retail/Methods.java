package dev.kombo.lab.quality.retail;

import java.util.ArrayList;
import java.util.List;

/** Names of the methods, as rows of the tables. */
final class Methods {
    static final String POPULARITY = "popularity";
    static final String POPULARITY_LONG = "popularity, decayed slowly";
    static final String POPULARITY_SHORT = "popularity, decayed fast";
    static final String SUPPORT = "bundle support";
    static final String FREQUENCY = "user frequency";
    static final String OWN_REPEAT = "own repeat";
    static final String NEIGHBORS = "neighbours";
    static final String COOCCURRENCE = "co-occurrence";
    static final String CONFIDENCE = "pair confidence";
    static final String OVERLAP = "overlap";
    static final String FACTORS = "factors";
    static final String PRIOR = "prior";

    private static final List<String> ALL = List.of(
            POPULARITY,
            POPULARITY_LONG,
            POPULARITY_SHORT,
            SUPPORT,
            FREQUENCY,
            OWN_REPEAT,
            NEIGHBORS,
            COOCCURRENCE,
            CONFIDENCE,
            FACTORS,
            PRIOR,
            Fusions.LINEAR,
            Fusions.KOMBO);

    private Methods() {}

    /** All but the ablations, in the order in which they are shown. */
    static List<String> all() {
        return new ArrayList<>(ALL);
    }
}
