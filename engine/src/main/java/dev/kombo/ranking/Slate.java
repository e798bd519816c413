package dev.kombo.ranking;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.ranking.Slate.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of ranking: the bundles to offer, or the reason why there are none.
 *
 * @param bundles rank 1 first
 * @param candidates bundles that passed the rules and were scored
 * @param emptyReason why there is none: {@link #NO_CANDIDATES}, {@link #NOT_WORTH_OFFERING}, or the code of the rule
 *     that excluded most; null where there are bundles
 */
public record Slate(
        List<RankedBundle> bundles,
        int candidates,
        @Nullable String emptyReason) {
    /** Retrieval found no bundle. */
    public static final String NO_CANDIDATES = "no-candidates";

    /** No bundle adds anything to what would be bought anyway. */
    public static final String NOT_WORTH_OFFERING = "not-worth-offering";

    /**
     * The contribution of one signal to a score.
     *
     * @param signal the signal
     * @param value in its own unit
     * @param contribution weight times standardised value
     */
    public record Reason(Signal signal, double value, double contribution) {}

    /**
     * One position of a slate: an offered bundle, and why it was chosen.
     *
     * @param offered the bundle with its terms
     * @param entry the bundle as indexed, its slots filled for the shopper
     * @param score relevance as a logit, comparable within one slate, before diversity; in the baseline: popularity,
     *     standardised
     * @param probability that the shopper's next choice is the bundle, 0 to 1; NaN while that is not calibrated
     * @param reasons signals with the largest contributions, largest first
     * @param conversionProbability probability that it is bought through the offer, 0 to 1; 0 where the goal does not
     *     use it
     * @param valueMinor expected gain over what would have been bought anyway, in minor units, or in bundles where the
     *     goal is conversion; 0 where the goal does not use it
     */
    public record RankedBundle(
            OfferedBundle offered,
            BundleEntry entry,
            double score,
            double probability,
            List<Reason> reasons,
            double conversionProbability,
            double valueMinor) {}
}
