package dev.kombo.engine.event;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Rankers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How bundles are ranked for a shopper by the arm of the experiment that the shopper is in, or why that arm offers
 * nothing. Offers and previews of offers both follow it.
 *
 * @param enrollment the arm that the shopper has or is to be assigned to; null where no strategy is active, and outside
 *     the experiment
 * @param assignment what an offer is attributed to; null where no strategy is active
 * @param arm null where no strategy is active, and where a later version of the strategy no longer has the arm
 * @param inForce the weights that rank by relevance
 * @param valuing the weights that rank by any other goal
 * @param goal the goal of its slates; relevance where it offers nothing
 * @param conversionModel the current conversion model
 * @param reason why the arm offers nothing; null where it ranks
 */
public record ArmRanking(
        @Nullable Enrollment enrollment,
        Enrollment.@Nullable Assignment assignment,
        @Nullable Arm arm,
        Ranker inForce,
        Ranker valuing,
        SlateGoal goal,
        ConversionModel conversionModel,
        @Nullable String reason) {
    /** The arm gets no offers. */
    public static final String HOLDOUT = "holdout";

    /** No strategy is active at the time. */
    public static final String NO_STRATEGY = "no-strategy";

    /** The shopper's arm is no longer in the strategy. */
    public static final String ARM_GONE = "arm-gone";

    private static final String POLICY_VERSION = "-1";

    private static final Ranker PRIOR = new Ranker(
            Ranker.shape(NetworkShape.Architecture.LINEAR),
            Signal.priorWeights(),
            0,
            1f,
            0f,
            0f,
            Contestant.PRIOR.label());

    /**
     * Decides for a shopper, without changing anything.
     *
     * @param plan the strategy that applies to the shopper
     * @param placement where an offer would be shown
     * @param time epoch milliseconds of events
     */
    static ArmRanking of(
            EventModels models,
            StrategyPlan plan,
            String shopperKey,
            ShopperState shopper,
            String placement,
            long time) {
        Rankers rankers = models.rankers();
        Ranker inForce = rankers.of(shopper.behavior());
        Ranker valuing = rankers.valuing(shopper.behavior());
        ConversionModel conversionModel = models.conversionModel();
        if (!plan.runningAt(time)) {
            return new ArmRanking(
                    null, null, null, inForce, valuing, SlateGoal.relevance(), conversionModel, NO_STRATEGY);
        }
        Enrollment stored = shopper.enrollment();
        boolean outside = plan.leavesOut(stored, shopper.behavior().segments(), placement);
        Enrollment enrollment = outside ? null : plan.enroll(ShopperKey.idOf(shopperKey), stored, time);
        Enrollment.Assignment assignment = enrollment == null ? plan.outside() : enrollment.assignment();
        Arm arm = enrollment == null ? StrategyPlan.NOT_ENROLLED : plan.served(enrollment.arm());
        if (arm == null || arm.kind() == Arm.Kind.HOLDOUT) {
            String reason = arm == null ? ARM_GONE : HOLDOUT;
            return new ArmRanking(
                    enrollment, assignment, arm, inForce, valuing, SlateGoal.relevance(), conversionModel, reason);
        }
        return new ArmRanking(
                        enrollment, assignment, arm, inForce, valuing, SlateGoal.relevance(), conversionModel, HOLDOUT)
                .instead(arm)
                .within(plan.options().budgets(), models, time);
    }

    /** The same ranking within what budgets have left. */
    private ArmRanking within(List<DiscountBudget> budgets, EventModels models, long time) {
        if (budgets.isEmpty() || assignment == null) {
            return this;
        }
        DiscountLimits limits = new BudgetLimits(budgets, models.budgets(), assignment, time).ofSlate();
        return new ArmRanking(
                enrollment, assignment, arm, inForce, valuing, goal.within(limits), conversionModel, reason);
    }

    /** Ranks as another arm does, for a shopper of this arm; the same where there is none. */
    ArmRanking instead(@Nullable Arm other) {
        return other == null
                ? this
                : new ArmRanking(
                        enrollment,
                        assignment,
                        other,
                        inForce,
                        valuing,
                        SlateGoals.of(other, conversionModel),
                        conversionModel,
                        null);
    }

    /**
     * The weights that rank. Slates by popularity have those of valued bundles, so that what they log and teach the
     * conversion model is comparable.
     */
    Ranker ranker() {
        if (arm != null && arm.policy().ranker() == ArmRanker.PRIOR) {
            return PRIOR;
        }
        return goal.kind().byRelevance() ? inForce : valuing;
    }

    /** Whether the shopper or the placement is not part of the experiment. */
    boolean outside() {
        return arm != null && enrollment == null;
    }

    /**
     * Name and version of the policy that chooses its slates: the ranker; where bundles are valued, the objective
     * before it.
     */
    String policy() {
        String objective = goal.kind().name().toLowerCase(Locale.ROOT);
        return switch (goal.kind()) {
            case RELEVANCE -> ranker().name() + POLICY_VERSION;
            case POPULARITY -> objective + POLICY_VERSION;
            case CONVERSION, REVENUE, MARGIN -> objective + POLICY_VERSION + "/" + ranker().name();
        };
    }
}
