package dev.kombo.lab.quality;

import dev.kombo.ranking.Signal;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ablations of an evaluation: by name, the signals that the engine does without. */
final class Ablations {
    private static final String WITHOUT = "without ";

    private Ablations() {}

    /** Ablations without all signals of a group, which carry much the same information. */
    static Map<String, Set<Signal>> groups() {
        Map<String, Set<Signal>> groups = new LinkedHashMap<>();
        add(
                groups,
                "popularity",
                Signal.POPULARITY_LONG,
                Signal.OWN_POPULARITY,
                Signal.POPULARITY_SHORT,
                Signal.SUPPORT);
        add(groups, "factors", Signal.DOT, Signal.COSINE, Signal.MEMBER_COSINE, Signal.PURCHASE_COSINE);
        add(groups, "content", Signal.CONTENT);
        add(groups, "neighbours", Signal.NEIGHBORS);
        add(groups, "co-purchases", Signal.NEIGHBORS, Signal.BASKET_CONFIDENCE, Signal.SUPPORT, Signal.ALL_CONFIDENCE);
        add(groups, "own purchases", Signal.OWN_REPEAT, Signal.OWN_COUNT, Signal.OWN_RECENCY);
        add(groups, "basket", Signal.MEMBER_OVERLAP, Signal.BASKET_CONFIDENCE, Signal.BASKET_SHARE);
        add(groups, "price and age", Signal.PRICE_DISTANCE, Signal.DISCOUNT, Signal.FRESHNESS);
        add(groups, "size", Signal.SIZE);
        return groups;
    }

    private static void add(Map<String, Set<Signal>> groups, String label, Signal first, Signal... others) {
        groups.put(WITHOUT + label, EnumSet.of(first, others));
    }

    /** Ablations without one signal each. */
    static Map<String, Set<Signal>> single(Collection<Signal> signals) {
        Map<String, Set<Signal>> singles = new LinkedHashMap<>();
        signals.forEach(signal -> singles.put(WITHOUT + signal.label(), EnumSet.of(signal)));
        return singles;
    }
}
