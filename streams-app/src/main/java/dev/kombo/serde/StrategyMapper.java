package dev.kombo.serde;

import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.tracking.Allocation;
import dev.kombo.tracking.Arm;
import dev.kombo.tracking.ArmKind;
import dev.kombo.tracking.ArmRanker;
import dev.kombo.tracking.Eligibility;
import dev.kombo.tracking.OfferObjective;
import dev.kombo.tracking.OfferPolicy;
import dev.kombo.tracking.StrategyOptions;
import dev.kombo.tracking.StrategyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Strategies: contract to domain. */
public final class StrategyMapper {
    private StrategyMapper() {}

    /** The strategy in domain terms; {@link StrategyPlan#problems} says whether it can be used. */
    public static StrategyPlan toDomain(Strategy strategy) {
        List<Arm> arms = new ArrayList<>(strategy.getArms().size());
        for (StrategyArm arm : strategy.getArms()) {
            arms.add(new Arm(arm.getName(), kindOf(arm), arm.getShare(), arm.getTemperature(), policyOf(arm)));
        }
        return new StrategyPlan(
                strategy.getVersion(),
                strategy.getSalt(),
                arms,
                strategy.getStartsAt() == null ? Long.MIN_VALUE : strategy.getStartsAt(),
                strategy.getEndsAt() == null ? Long.MAX_VALUE : strategy.getEndsAt(),
                new Eligibility(Set.copyOf(strategy.getSegments()), Set.copyOf(strategy.getPlacements())),
                new StrategyOptions(strategy.getDecisionSamplingRate(), allocationOf(strategy)));
    }

    /** The contract's form of a plan; {@link #toDomain} gives the plan back. */
    public static Strategy toAvro(StrategyPlan plan) {
        List<StrategyArm> arms = new ArrayList<>(plan.arms().size());
        for (Arm arm : plan.arms()) {
            arms.add(armOf(arm));
        }
        Allocation allocation = plan.options().allocation();
        return Strategy.newBuilder()
                .setVersion(plan.version())
                .setSalt(plan.salt())
                .setArms(arms)
                .setStartsAt(plan.startsAt() == Long.MIN_VALUE ? null : plan.startsAt())
                .setEndsAt(plan.endsAt() == Long.MAX_VALUE ? null : plan.endsAt())
                .setSegments(List.copyOf(plan.eligibility().segments()))
                .setPlacements(List.copyOf(plan.eligibility().placements()))
                .setDecisionSamplingRate(plan.options().decisionSamplingRate())
                .setAllocation(
                        allocation == null
                                ? null
                                : new dev.kombo.schema.Allocation(
                                        allocation.minimumShare(),
                                        allocation.maximumShare(),
                                        allocation.usersAtLeast()))
                .build();
    }

    private static StrategyArm armOf(Arm arm) {
        OfferPolicy policy = arm.policy();
        return StrategyArm.newBuilder()
                .setName(arm.name())
                .setKind(dev.kombo.schema.ArmKind.valueOf(arm.kind().name()))
                .setShare(arm.share())
                .setTemperature(arm.temperature())
                .setObjective(dev.kombo.schema.OfferObjective.valueOf(
                        policy.objective().name()))
                .setStockPressure(policy.stockPressure())
                .setDiscountsBasisPoints(policy.discountsBasisPoints())
                .setExplorationRate(policy.explorationRate())
                .setMmrLambda(Double.isNaN(policy.mmrLambda()) ? null : policy.mmrLambda())
                .setRanker(dev.kombo.schema.ArmRanker.valueOf(policy.ranker().name()))
                .build();
    }

    private static Allocation allocationOf(Strategy strategy) {
        dev.kombo.schema.Allocation allocation = strategy.getAllocation();
        return allocation == null
                ? null
                : new Allocation(
                        allocation.getMinimumShare(), allocation.getMaximumShare(), allocation.getUsersAtLeast());
    }

    private static OfferPolicy policyOf(StrategyArm arm) {
        return new OfferPolicy(
                arm.getObjective() == dev.kombo.schema.OfferObjective.UNKNOWN
                        ? null
                        : OfferObjective.valueOf(arm.getObjective().name()),
                arm.getRanker() == dev.kombo.schema.ArmRanker.UNKNOWN
                        ? null
                        : ArmRanker.valueOf(arm.getRanker().name()),
                arm.getStockPressure(),
                arm.getDiscountsBasisPoints(),
                arm.getExplorationRate(),
                arm.getMmrLambda() == null ? Double.NaN : arm.getMmrLambda());
    }

    /** The kind, or null where this version does not know it. */
    private static ArmKind kindOf(StrategyArm arm) {
        return arm.getKind() == dev.kombo.schema.ArmKind.UNKNOWN
                ? null
                : ArmKind.valueOf(arm.getKind().name());
    }
}
