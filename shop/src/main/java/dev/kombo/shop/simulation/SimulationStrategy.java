package dev.kombo.shop.simulation;

import dev.kombo.client.TrustedRecords;
import dev.kombo.schema.Allocation;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.schema.StrategyBudget;
import java.util.List;

/** The experiments that simulations and the demo run by default. */
public final class SimulationStrategy {
    private static final double HOLDOUT = 0.2;
    private static final double POPULARITY = 0.2;
    private static final double EACH_SHARE = 0.33;
    private static final double LEAST_SHARE = 0.1;
    private static final double LARGEST_SHARE = 0.56;
    private static final int LEAST_USERS = 250;

    private SimulationStrategy() {}

    /**
     * A holdout of a fifth, a baseline of a fifth with the most popular bundles, and a treatment with the rest that
     * ranks by the objective; from a time on.
     */
    public static Strategy standard(OfferObjective objective, long startsAt) {
        // Builders of records with default enums need it, and this may be the first record of the process.
        TrustedRecords.install();
        return Strategy.newBuilder()
                .setVersion(1)
                .setSalt("simulation")
                .setArms(List.of(
                        arm("holdout", ArmKind.HOLDOUT, HOLDOUT, OfferObjective.RELEVANCE),
                        arm("popularity", ArmKind.BASELINE, POPULARITY, OfferObjective.RELEVANCE),
                        arm("treatment", ArmKind.TREATMENT, 1 - HOLDOUT - POPULARITY, objective)))
                .setStartsAt(startsAt)
                .build();
    }

    /** Two treatments that compete for new shoppers, beside a holdout; from now on. */
    static Strategy demo() {
        TrustedRecords.install();
        return Strategy.newBuilder()
                .setVersion(1)
                .setSalt("demo-shop")
                .setArms(List.of(
                        arm("holdout", ArmKind.HOLDOUT, 1 - 2 * EACH_SHARE, OfferObjective.RELEVANCE),
                        arm("relevance", ArmKind.TREATMENT, EACH_SHARE, OfferObjective.RELEVANCE),
                        arm("revenue", ArmKind.TREATMENT, EACH_SHARE, OfferObjective.REVENUE)))
                .setAllocation(Allocation.newBuilder()
                        .setMinimumShare(LEAST_SHARE)
                        .setMaximumShare(LARGEST_SHARE)
                        .setUsersAtLeast(LEAST_USERS)
                        .build())
                .build();
    }

    /** The same experiment with the most that discounts of its first treatment cost on a day, in minor units. */
    public static Strategy limited(Strategy strategy, long minorPerDay) {
        String treatment = strategy.getArms().stream()
                .filter(arm -> arm.getKind() == ArmKind.TREATMENT)
                .map(StrategyArm::getName)
                .findFirst()
                .orElse(null);
        return Strategy.newBuilder(strategy)
                .setBudgets(List.of(new StrategyBudget(treatment, null, minorPerDay, SimulatedCatalog.CURRENCY)))
                .build();
    }

    private static StrategyArm arm(String name, ArmKind kind, double share, OfferObjective objective) {
        return StrategyArm.newBuilder()
                .setName(name)
                .setKind(kind)
                .setShare(share)
                .setObjective(objective)
                .build();
    }
}
