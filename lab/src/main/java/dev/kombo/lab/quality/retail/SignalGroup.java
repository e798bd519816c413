package dev.kombo.lab.quality.retail;

import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.List;

/** Signals that say much the same; an ablation takes all of a group away. */
enum SignalGroup {
    POPULARITY("popularity", Signal.POPULARITY_LONG, Signal.POPULARITY_SHORT, Signal.SUPPORT),
    NEIGHBORS("neighbours", Signal.NEIGHBORS, Signal.NEIGHBORS_LEAST),
    FACTORS("factors", Signal.COSINE, Signal.DOT, Signal.MEMBER_COSINE, Signal.HISTORY_COSINE),
    OWN_PURCHASES(
            "own purchases",
            Signal.OWN_REPEAT,
            Signal.OWN_REPEAT_LEAST,
            Signal.OWN_RECENCY,
            Signal.REPEAT_DUE,
            Signal.OWN_RECENCY_LEAST,
            Signal.OWN_COUNT),
    COOCCURRENCE(
            "co-occurrence",
            Signal.HISTORY_BUNDLES,
            Signal.HISTORY_ITEMS,
            Signal.HISTORY_MEMBERS,
            Signal.HISTORY_MEMBERS_LEAST),
    BASKET("basket", Signal.BASKET_NEIGHBORS, Signal.MEMBER_OVERLAP, Signal.BASKET_CONFIDENCE, Signal.BASKET_SHARE),
    TERMS("price and age", Signal.PRICE_DISTANCE, Signal.DISCOUNT, Signal.FRESHNESS),
    RESPONSES("responses", Signal.CLICK_RATE, Signal.CONVERSION_RATE);

    private static final String PREFIX = "kombo without ";

    private final String label;
    private final int signals;

    SignalGroup(String label, Signal... signals) {
        this.label = label;
        int bits = 0;
        for (Signal signal : signals) {
            bits |= 1 << signal.ordinal();
        }
        this.signals = bits;
    }

    /** Name of the method that goes without the group. */
    String ablation() {
        return PREFIX + label;
    }

    /** Whether a signal, by its ordinal, is in the group. */
    boolean[] mask() {
        boolean[] mask = new boolean[Signal.count()];
        for (int s = 0; s < mask.length; s++) {
            mask[s] = (signals >> s & 1) != 0;
        }
        return mask;
    }

    /** All ablations. */
    static List<String> ablations() {
        List<String> names = new ArrayList<>();
        for (SignalGroup group : values()) {
            names.add(group.ablation());
        }
        return names;
    }
}
