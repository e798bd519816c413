package dev.kombo.ranking;

import java.util.List;

/**
 * The ranker's answer.
 *
 * @param bundles rank 1 first
 * @param candidates bundles that passed the rules and were scored
 * @param emptyReason why there is none: {@link #NO_CANDIDATES}, {@link #NOT_WORTH_OFFERING}, or the code of the rule that kept most from being
 *     offered; null where there are bundles
 */
public record Slate(List<RankedBundle> bundles, int candidates, String emptyReason) {
    /** No bundle came into question. */
    public static final String NO_CANDIDATES = "no-candidates";

    /** None adds anything to what would be bought anyway. */
    public static final String NOT_WORTH_OFFERING = "not-worth-offering";

    /** Whether there is nothing to offer. */
    public boolean isEmpty() {
        return bundles.isEmpty();
    }
}
