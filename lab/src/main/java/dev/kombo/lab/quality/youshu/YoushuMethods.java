package dev.kombo.lab.quality.youshu;

import dev.kombo.learning.NetworkKind;
import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of the rows of the Youshu table. */
final class YoushuMethods {
    static final String KOMBO = "kombo";
    static final String LINEAR = "linear";
    static final String CONVOLUTION = "convolution";
    static final String RECURRENT = "recurrent";
    static final String PRIOR = "prior";
    private static final String WITHOUT = "without ";

    private YoushuMethods() {}

    /** Rows that are one signal alone, by name. */
    static Signal signal(String method) {
        return switch (method) {
            case "popularity" -> Signal.POPULARITY_LONG;
            case "decayed-popularity" -> Signal.POPULARITY_SHORT;
            case "neighbors" -> Signal.HISTORY_BUNDLES;
            case "overlap" -> Signal.MEMBER_OVERLAP;
            case "factors" -> Signal.DOT;
            default -> null;
        };
    }

    static List<String> all() {
        return List.of(
                "popularity",
                "decayed-popularity",
                "overlap",
                "neighbors",
                "factors",
                PRIOR,
                LINEAR,
                CONVOLUTION,
                RECURRENT,
                KOMBO);
    }

    /** The kind of a network that sees the sequence of what was touched, or null. */
    static NetworkKind sequential(String method) {
        return switch (method) {
            case CONVOLUTION -> NetworkKind.CONVOLUTION;
            case RECURRENT -> NetworkKind.RECURRENT;
            default -> null;
        };
    }

    /** A service trains one ranker, and ranks with all of its parts. */
    static List<String> onService() {
        return List.of("popularity", "decayed-popularity", "overlap", "neighbors", "factors", PRIOR, KOMBO);
    }

    /** Signals that may differ among bundles here: there are no prices, categories, carts or offers in this data. */
    static List<String> ablations() {
        List<Signal> signals = List.of(
                Signal.COSINE,
                Signal.DOT,
                Signal.POPULARITY_LONG,
                Signal.POPULARITY_SHORT,
                Signal.MEMBER_OVERLAP,
                Signal.HISTORY_BUNDLES,
                Signal.HISTORY_ITEMS,
                Signal.HISTORY_MEMBERS,
                Signal.HISTORY_MEMBERS_LEAST,
                Signal.HISTORY_COSINE,
                Signal.MEMBER_COSINE,
                Signal.OWN_REPEAT,
                Signal.OWN_REPEAT_LEAST,
                Signal.OWN_RECENCY,
                Signal.OWN_RECENCY_LEAST,
                Signal.REPEAT_DUE,
                Signal.OWN_COUNT);
        List<String> names = new ArrayList<>();
        for (Signal signal : signals) {
            names.add(WITHOUT + signal.label());
        }
        return names;
    }

    /** The signal that a method goes without, or null. */
    static Signal without(String method) {
        if (!method.startsWith(WITHOUT)) {
            return null;
        }
        String label = method.substring(WITHOUT.length()).toLowerCase(Locale.ROOT);
        for (int s = 0; s < Signal.count(); s++) {
            if (Signal.of(s).label().equals(label)) {
                return Signal.of(s);
            }
        }
        throw new IllegalArgumentException("no signal is called " + label);
    }
}
