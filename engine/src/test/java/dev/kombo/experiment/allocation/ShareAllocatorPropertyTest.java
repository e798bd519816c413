package dev.kombo.experiment.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Allocation;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.experiment.allocation.ShareAllocator.BestArm;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** For any observations, a move makes a valid next strategy within the bounds. */
class ShareAllocatorPropertyTest {

    /** A valid plan whose shares move as often as they can. */
    private static StrategyPlan plan(Random random) {
        int treatments = 2 + random.nextInt(3);
        int holdout = 20 + random.nextInt(100);
        int baseline = random.nextBoolean() ? 0 : 20 + random.nextInt(100);
        int left = 1000 - holdout - baseline;
        List<Arm> arms = new ArrayList<>();
        arms.add(new Arm("holdout", Arm.Kind.HOLDOUT, holdout / 1000.0));
        if (baseline > 0) {
            arms.add(new Arm("baseline", Arm.Kind.BASELINE, baseline / 1000.0));
        }
        int each = left / treatments;
        for (int t = 0; t < treatments; t++) {
            int share = t < treatments - 1 ? each : left - (treatments - 1) * each;
            arms.add(new Arm("treatment-" + t, Arm.Kind.TREATMENT, share / 1000.0));
        }
        double smallest = each / 1000.0;
        Allocation allocation = new Allocation(
                smallest * (0.2 + 0.8 * random.nextDouble()),
                Math.min(1, (smallest + 0.01) * (1 + random.nextDouble())),
                1 + random.nextInt(2000));
        return new StrategyPlan(
                1,
                "s",
                arms,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Eligibility.EVERYWHERE,
                new StrategyPlan.Options(allocation, DecisionRule.STANDARD, null, null, null, List.of()));
    }

    private static void observe(UpliftAccount account, StrategyPlan plan, int users, Random random) {
        StratumAccount stratum = new StratumAccount(plan.version());
        for (Arm arm : plan.arms()) {
            int observed = Math.max(300, (int) (users * arm.share()));
            double mean = 20 + 20 * random.nextDouble();
            double variance = 1e4 * (0.5 + random.nextDouble());
            ArmMoments moments = new ArmMoments(observed, mean, 5, variance * (observed - 1), 100.0 * observed, 0);
            stratum.restore(
                    new StratumArm(arm.name(), arm.kind(), arm.share(), Math.round(1e5 * arm.share()), moments));
        }
        account.restore(stratum);
    }

    @Property(tries = 200, seed = "71")
    void shouldStayWithinWhatIsAllowedForEver(@ForAll Random random) {
        StrategyPlan plan = plan(random);
        assertThat(plan.problems()).isEmpty();
        double holdout = plan.arm("holdout").share();
        UpliftAccount account = new UpliftAccount();
        ExperimentUplift uplift = new ExperimentUplift();
        uplift.restore(new ExperimentUplift.Key(ShareAllocator.MEASURE, "GBP"), account);
        int users = 60_000;
        int moves = 0;
        for (int round = 0; round < 6; round++) {
            observe(account, plan, users, random);
            ShareMove move = ShareAllocator.next(plan, uplift, round);
            if (move == null) {
                break;
            }
            StrategyPlan moved = move.applyTo(plan);
            assertThat(moved.problemsAfter(plan, Set.of())).isEmpty();
            assertThat(moved.arm("holdout").share()).isEqualTo(holdout);
            assertThat(moved.arm("baseline")).isEqualTo(plan.arm("baseline"));
            assertBounded(plan, moved, move);
            uplift.moved(move);
            plan = moved;
            users *= 2;
            moves++;
        }
        assertThat(uplift.lastMove() == null).isEqualTo(moves == 0);
    }

    private static void assertBounded(StrategyPlan before, StrategyPlan after, ShareMove move) {
        Allocation allocation = before.options().allocation();
        double largest = 0;
        double probabilities = 0;
        for (ShareMove.MovedArm arm : move.arms()) {
            assertThat(arm.share()).isBetween(allocation.minimumShare(), allocation.maximumShare());
            double change = Math.abs(arm.share() - before.arm(arm.name()).share());
            assertThat(change).isLessThanOrEqualTo(ShareAllocator.LARGEST_STEP + 1e-9);
            largest = Math.max(largest, change);
            probabilities += arm.probabilityBest();
        }
        assertThat(largest).isGreaterThanOrEqualTo(ShareAllocator.SMALLEST_MOVE - 1e-9);
        assertThat(probabilities).isCloseTo(1, within(1e-9));
        assertThat(after.arms().stream().mapToDouble(Arm::share).sum()).isCloseTo(1, within(1e-12));
    }

    /**
     * The same observations, except that one treatment earned more: its share does not decrease, except for rounding.
     */
    @Property(tries = 200, seed = "72")
    void shouldNotTakeFromATreatmentThatDidBetter(@ForAll Random random) {
        StrategyPlan plan = plan(random);
        List<Arm> treatments = plan.arms().stream()
                .filter(arm -> arm.kind() == Arm.Kind.TREATMENT)
                .toList();
        double[] means = new double[treatments.size()];
        double[] variances = new double[treatments.size()];
        for (int k = 0; k < means.length; k++) {
            means[k] = 5 * random.nextDouble();
            variances[k] = 0.5 + random.nextDouble();
        }
        int better = random.nextInt(means.length);
        double before = share(plan, treatments, means, variances, better);
        means[better] += 4 * random.nextDouble();
        double after = share(plan, treatments, means, variances, better);
        assertThat(after).isGreaterThanOrEqualTo(before - ShareAllocator.SMALLEST_MOVE - 0.004);
    }

    private static double share(StrategyPlan plan, List<Arm> treatments, double[] means, double[] variances, int arm) {
        ShareMove move = ShareAllocator.move(
                treatments,
                BestArm.probabilities(means, variances),
                plan.options().allocation(),
                2,
                0);
        return move == null ? treatments.get(arm).share() : move.arms().get(arm).share();
    }
}
