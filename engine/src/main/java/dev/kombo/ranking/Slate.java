package dev.kombo.ranking;

import java.util.List;

/**
 * The result of ranking: the bundles to offer, or the reason why there are none.
 *
 * @param bundles rank 1 first
 * @param candidates bundles that passed the rules and were scored
 * @param emptyReason why there is none: {@link #NO_CANDIDATES}, {@link #NOT_WORTH_OFFERING}, or the code of the rule
 *     that excluded most; null where there are bundles
 */
public record Slate(List<RankedBundle> bundles, int candidates, String emptyReason) {
    /** Retrieval found no bundle. */
    public static final String NO_CANDIDATES = "no-candidates";

    /** No bundle adds anything to what would be bought anyway. */
    public static final String NOT_WORTH_OFFERING = "not-worth-offering";

    /** Whether there is nothing to offer. */
    public boolean isEmpty() {
        return bundles.isEmpty();
    }
}
