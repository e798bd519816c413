package dev.kombo.engine;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.ArmKind;
import dev.kombo.experiment.ArmRanker;
import dev.kombo.experiment.Assignment;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.ranking.slate.SlateRanker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a shopper would be offered now, by the ranker that makes offers, without offering it: nobody enters an arm, and
 * nothing is attributed. Without exploration: what is drawn at random cannot be foreseen, so the best is shown. Holds the
 * ranker's buffers: one instance a thread.
 */
public final class OfferPreview {
    /** Nobody is offered anything in this arm. */
    public static final String HOLDOUT = "holdout";

    /** No strategy runs at the time. */
    public static final String NO_STRATEGY = "no-strategy";

    /** The arm that the shopper entered is not in the strategy any more. */
    public static final String ARM_GONE = "arm-gone";

    private final EventModels models;
    private final SlateRanker ranker;
    private final Ranker prior = Ranker.linear(Signal.priorWeights());

    /** Previews by a ranker that nobody else uses meanwhile. */
    public OfferPreview(EventModels models, SlateRanker ranker) {
        this.models = models;
        this.ranker = ranker;
    }

    /**
     * Whom to rank for, and when.
     *
     * @param shopperKey the shopper
     * @param shopper what is known of them; not changed
     * @param placement where it would be shown
     * @param now epoch milliseconds of events
     * @param size most bundles
     */
    public record Occasion(String shopperKey, ShopperState shopper, String placement, long now, int size) {}

    /**
     * A slate that was not offered.
     *
     * @param assignment the arm that the shopper is in, or would enter; null where no strategy runs
     * @param modelVersion version of the ranker
     * @param slate empty with a reason, or bundles
     */
    public record Preview(Assignment assignment, long modelVersion, Slate slate) {}

    /**
     * How a bundle fares with a shopper.
     *
     * @param assignment the arm; null where no strategy runs
     * @param modelVersion version of the ranker
     * @param reason why nothing at all is offered; null where something may be
     * @param exclusion the rule that keeps the bundle from being offered; null where none does
     * @param signals what is measured of it and what that counts for, in the order of {@link Signal}; empty where the
     *     catalogue does not have it
     * @param intercept what the linear part begins with
     * @param score relevance as a logit
     * @param probability calibrated, 0 to 1
     * @param place among the candidates by score, 1 being the best
     * @param candidates that it was compared with, itself included
     * @param position in the slate that would be offered now; 0: not in it
     */
    public record Explanation(
            Assignment assignment,
            long modelVersion,
            String reason,
            Exclusion exclusion,
            List<Part> signals,
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
     * @param value as measured, in its own unit
     * @param standardized over the candidates
     * @param contribution to the linear part of the score: weight times standardised value
     */
    public record Part(Signal signal, double value, double standardized, double contribution) {}

    private record Stand(Assignment assignment, Ranker ranker, SlateGoal goal, String reason) {}

    /** Ranks for a shopper. */
    public Preview of(Occasion occasion) {
        Stand stand = standOf(occasion);
        Slate slate = stand.reason() != null
                ? new Slate(List.of(), 0, stand.reason())
                : ranker.rank(request(occasion, stand));
        return new Preview(stand.assignment(), stand.ranker().version(), slate);
    }

    /** Says how a bundle fares, whether or not it may be offered. */
    public Explanation explain(Occasion occasion, String bundleId) {
        Stand stand = standOf(occasion);
        RankingRequest request = request(occasion, stand);
        Exclusion exclusion = ranker.why(request, bundleId);
        int position = exclusion == null && stand.reason() == null ? positionOf(request, bundleId) : 0;
        ScoredCandidates scored = ranker.score(request, List.of(bundleId));
        BundleEntry entry = models.catalog().bundle(bundleId);
        int index = entry == null ? -1 : scored.indexOf(entry.hash());
        float[] weights = stand.goal().weights(stand.ranker());
        double score = index < 0 ? Double.NaN : scored.score(index);
        return new Explanation(
                stand.assignment(),
                stand.ranker().version(),
                stand.reason(),
                exclusion,
                index < 0 ? List.of() : parts(scored, index, weights),
                weights[Signal.count()],
                score,
                index < 0 ? Double.NaN : stand.ranker().probability(score),
                index < 0 ? 0 : placeOf(scored, index),
                scored.size(),
                position);
    }

    private Stand standOf(Occasion occasion) {
        StrategyPlan plan = models.planOf(occasion.shopperKey());
        if (!plan.runningAt(occasion.now())) {
            return new Stand(null, models.ranker(), SlateGoal.relevance(), NO_STRATEGY);
        }
        Enrollment stored = occasion.shopper().enrollment();
        Set<String> segments = occasion.shopper().behavior().segments();
        if (plan.leavesOut(stored, segments, occasion.placement())) {
            return new Stand(plan.outside(), models.ranker(), SlateGoal.relevance(), null);
        }
        String id = ShopperKey.idOf(occasion.shopperKey());
        Enrollment enrollment = plan.enroll(id, stored, occasion.now());
        Arm arm = plan.arm(enrollment.arm());
        if (arm == null || arm.kind() == ArmKind.HOLDOUT) {
            return new Stand(
                    enrollment.assignment(), models.ranker(), SlateGoal.relevance(), arm == null ? ARM_GONE : HOLDOUT);
        }
        Ranker inForce = arm.policy().ranker() == ArmRanker.PRIOR ? prior : models.ranker();
        SlateGoal goal = SlateGoals.of(arm, models.acceptance()).withoutExploration();
        return new Stand(enrollment.assignment(), inForce, goal, null);
    }

    private static RankingRequest request(Occasion occasion, Stand stand) {
        return new RankingRequest(
                occasion.shopper().behavior(),
                null,
                occasion.shopper().behavior().segments(),
                Set.of(),
                occasion.placement(),
                occasion.now(),
                0,
                occasion.size(),
                stand.ranker(),
                stand.goal());
    }

    private int positionOf(RankingRequest request, String bundleId) {
        return ranker.rank(request).bundles().stream()
                .filter(ranked -> ranked.entry().bundle().id().equals(bundleId))
                .map(ranked -> ranked.rank())
                .findFirst()
                .orElse(0);
    }

    private static List<Part> parts(ScoredCandidates scored, int index, float[] weights) {
        float[] standardized = scored.standardized(index);
        List<Part> parts = new ArrayList<>(standardized.length);
        for (int s = 0; s < standardized.length; s++) {
            parts.add(new Part(
                    Signal.of(s),
                    scored.value(Signal.of(s), index),
                    standardized[s],
                    (double) weights[s] * standardized[s]));
        }
        return parts;
    }

    private static int placeOf(ScoredCandidates scored, int index) {
        int better = 0;
        for (int c = 0; c < scored.size(); c++) {
            if (scored.score(c) > scored.score(index)) {
                better++;
            }
        }
        return better + 1;
    }
}
