package dev.kombo.engine.shopper;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;

/**
 * How a shopper's arm of the strategy ranks, or why it offers nothing. Offers and previews of offers both follow it.
 *
 * @param enrollment the arm that the shopper has or is to be assigned to; null where no strategy is active, and outside
 *     the experiment
 * @param assignment what an offer is attributed to; null where no strategy is active
 * @param arm null where no strategy is active, and where a later version of the strategy no longer has the arm
 * @param ranker the weights that rank
 * @param conversionModel the current conversion model
 * @param reason why the arm offers nothing; null where it ranks
 */
public record ArmRanking(
        Enrollment enrollment,
        Assignment assignment,
        Arm arm,
        Ranker ranker,
        ConversionModel conversionModel,
        String reason) {
    /** The arm gets no offers. */
    public static final String HOLDOUT = "holdout";

    /** No strategy is active at the time. */
    public static final String NO_STRATEGY = "no-strategy";

    /** The shopper's arm is no longer in the strategy. */
    public static final String ARM_GONE = "arm-gone";

    // The prior ranks by its linear part, whatever its kind.
    private static final Ranker PRIOR = Ranker.linear(Signal.priorWeights());

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
        Ranker current = models.ranker();
        ConversionModel conversionModel = models.conversionModel();
        if (!plan.runningAt(time)) {
            return new ArmRanking(null, null, null, current, conversionModel, NO_STRATEGY);
        }
        Enrollment stored = shopper.enrollment();
        if (plan.leavesOut(stored, shopper.behavior().segments(), placement)) {
            return new ArmRanking(null, plan.outside(), StrategyPlan.NOT_ENROLLED, current, conversionModel, null);
        }
        Enrollment enrollment = plan.enroll(ShopperKey.idOf(shopperKey), stored, time);
        Arm arm = plan.arm(enrollment.arm());
        String reason = arm == null ? ARM_GONE : arm.kind() == Arm.Kind.HOLDOUT ? HOLDOUT : null;
        Ranker ranker = reason == null && arm.policy().ranker() == ArmRanker.PRIOR ? PRIOR : current;
        return new ArmRanking(enrollment, enrollment.assignment(), arm, ranker, conversionModel, reason);
    }

    /** Whether the shopper or the placement is not part of the experiment. */
    boolean outside() {
        return arm == StrategyPlan.NOT_ENROLLED;
    }

    /** The goal of the arm's slates; relevance where it offers nothing. */
    SlateGoal goal() {
        return reason == null ? SlateGoals.of(arm, conversionModel) : SlateGoal.relevance();
    }
}
