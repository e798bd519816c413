package dev.kombo.engine.event;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.SlateGoal;
import java.util.Objects;

/** Maps the policy of an arm to the goal of its slates. */
public final class SlateGoals {
    private static final int[] NO_DISCOUNTS = {};

    private SlateGoals() {}

    /**
     * The goal of an arm that makes offers.
     *
     * @param conversionModel the current conversion model
     */
    public static SlateGoal of(Arm arm, ConversionModel conversionModel) {
        if (arm.kind() == Arm.Kind.BASELINE) {
            return SlateGoal.popularity();
        }
        OfferPolicy policy = arm.policy();
        SlateGoal.Criterion kind = kindOf(Objects.requireNonNull(policy.objective()));
        return new SlateGoal(
                kind,
                policy.valued() ? conversionModel : null,
                policy.mmrLambda(),
                policy.stockPressure(),
                discountsOf(policy),
                policy.discountCurated(),
                DiscountLimits.NONE);
    }

    private static SlateGoal.Criterion kindOf(OfferPolicy.Objective objective) {
        return switch (objective) {
            case RELEVANCE -> SlateGoal.Criterion.RELEVANCE;
            case CONVERSION -> SlateGoal.Criterion.CONVERSION;
            case REVENUE -> SlateGoal.Criterion.REVENUE;
            case MARGIN -> SlateGoal.Criterion.MARGIN;
        };
    }

    private static int[] discountsOf(OfferPolicy policy) {
        int size = policy.discountsBasisPoints().size();
        if (size == 0) {
            return NO_DISCOUNTS;
        }
        int[] discounts = new int[size];
        for (int i = 0; i < size; i++) {
            discounts[i] = policy.discountsBasisPoints().get(i);
        }
        return discounts;
    }
}
