package dev.kombo.engine.event;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.ConversionModel.ModelStage;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a shopper would be offered now, by the ranker that makes offers, without offering it: no arm is assigned
 * and nothing is attributed. Not thread-safe, since it holds the ranker's buffers: one instance per thread.
 */
public final class OfferPreview {
    private final EventModels models;
    private final SlateRanker ranker;

    public OfferPreview(EventModels models, SlateRanker ranker) {
        this.models = models;
        this.ranker = ranker;
    }

    /**
     * Whom to rank for, where and when.
     *
     * @param shopperKey the shopper
     * @param shopper the shopper's state; not changed
     * @param placement where it would be shown
     * @param now epoch milliseconds of events
     * @param size most bundles
     */
    public record PreviewRequest(String shopperKey, ShopperState shopper, String placement, long now, int size) {}

    /**
     * A slate that was not offered.
     *
     * @param assignment the arm that the shopper has or would get; null where no strategy is active
     * @param modelVersion version of the ranker
     * @param policy name and version of the policy that chose it
     * @param stage how far the conversion model has learned
     * @param slate empty with a reason, or bundles
     * @param offered its bundles as they would be offered
     */
    public record Preview(
            @Nullable Assignment assignment,
            long modelVersion,
            String policy,
            ModelStage stage,
            Slate slate,
            List<OfferedBundle> offered) {}

    /**
     * Explains the score and rank of a bundle for a shopper.
     *
     * @param bundle with its slots filled for the shopper; null: the catalogue does not have it
     * @param slots as they are filled, with alternatives where it would be offered
     * @param assignment the arm; null where no strategy is active
     * @param ranker name of the arm's ranker
     * @param modelVersion version of the ranker
     * @param reason why nothing at all is offered; null where something may be
     * @param exclusion the rule that keeps the bundle from being offered; null where none does
     * @param signals its signals and their contributions, in the order of {@link Signal}; empty where the catalogue
     *     does not have it
     * @param intercept intercept of the linear part
     * @param score relevance as a logit
     * @param probability that it is the next choice, 0 to 1; NaN while that is not calibrated
     * @param place rank among the candidates by score, from 1
     * @param candidates number of candidates, including itself
     * @param position in the slate that would be offered now; 0: not in it
     */
    public record Explanation(
            @Nullable BundleEntry bundle,
            List<FilledSlot> slots,
            @Nullable Assignment assignment,
            String ranker,
            long modelVersion,
            @Nullable String reason,
            @Nullable Exclusion exclusion,
            List<SignalContribution> signals,
            double intercept,
            double score,
            double probability,
            int place,
            int candidates,
            int position) {}

    /**
     * A signal of a bundle.
     *
     * @param signal the signal
     * @param value in its own unit
     * @param standardized standardised over the candidates
     * @param contribution to the linear part of the score: weight times standardised value
     */
    public record SignalContribution(Signal signal, double value, double standardized, double contribution) {}

    /** The offer that the shopper would get. */
    public Preview of(PreviewRequest preview) {
        ArmRanking ranking = rankingOf(preview);
        Slate slate = ranking.reason() != null
                ? new Slate(List.of(), 0, ranking.reason())
                : ranker.rank(request(preview, ranking));
        return new Preview(
                ranking.assignment(),
                ranking.ranker().version(),
                ranking.policy(),
                ranking.conversionModel().modelStage(),
                slate,
                slate.bundles().stream().map(RankedBundle::offered).toList());
    }

    /** Explains a bundle for a shopper, whether or not it may be offered. */
    public Explanation explain(PreviewRequest preview, String bundleId) {
        ArmRanking ranking = rankingOf(preview);
        RankingRequest request = request(preview, ranking);
        Exclusion exclusion = ranker.why(request, bundleId);
        RankedBundle ranked = exclusion == null && ranking.reason() == null ? rankedOf(request, bundleId) : null;
        ScoredCandidates scored = ranker.score(request, List.of(bundleId));
        BundleEntry entry = models.catalog().bundle(bundleId);
        int index = entry == null ? -1 : scored.indexOf(entry.hash());
        float[] weights = request.goal().weights(ranking.ranker());
        double score = index < 0 ? Double.NaN : scored.score(index);
        BundleEntry filled = index < 0 ? entry : scored.bundle(index);
        int place = 1
                + (int) IntStream.range(0, scored.size())
                        .filter(c -> scored.score(c) > score)
                        .count();
        return new Explanation(
                ranked == null ? filled : ranked.entry(),
                ranked != null ? ranked.offered().slots() : filled == null ? List.of() : filled.slots(),
                ranking.assignment(),
                ranking.ranker().name(),
                ranking.ranker().version(),
                ranking.reason(),
                exclusion,
                index < 0 ? List.of() : parts(scored, index, weights),
                weights[Signal.count()],
                score,
                index < 0
                        ? Double.NaN
                        : ranking.ranker().nextChoice(score, models.catalog().bundleCount()),
                index < 0 ? 0 : place,
                scored.size(),
                ranked == null ? 0 : ranked.offered().rank());
    }

    private ArmRanking rankingOf(PreviewRequest preview) {
        return ArmRanking.of(
                models,
                models.planOf(preview.shopperKey()),
                preview.shopperKey(),
                preview.shopper(),
                preview.placement(),
                preview.now());
    }

    private RankingRequest request(PreviewRequest preview, ArmRanking ranking) {
        return new RankingRequest(
                preview.shopper().behavior(),
                null,
                Set.of(),
                preview.placement(),
                preview.now(),
                preview.size(),
                ranking.ranker(),
                ranker.goalFor(preview.shopper().behavior(), ranking.goal()));
    }

    private @Nullable RankedBundle rankedOf(RankingRequest request, String bundleId) {
        return ranker.rank(request).bundles().stream()
                .filter(ranked -> ranked.entry().bundle().id().equals(bundleId))
                .findFirst()
                .orElse(null);
    }

    private static List<SignalContribution> parts(ScoredCandidates scored, int index, float[] weights) {
        float[] standardized = scored.standardized(index);
        List<SignalContribution> parts = new ArrayList<>(standardized.length);
        for (int s = 0; s < standardized.length; s++) {
            parts.add(new SignalContribution(
                    Signal.of(s),
                    scored.value(Signal.of(s), index),
                    standardized[s],
                    (double) weights[s] * standardized[s]));
        }
        return parts;
    }
}
