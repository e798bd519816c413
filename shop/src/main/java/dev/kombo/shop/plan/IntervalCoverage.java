package dev.kombo.shop.plan;

import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.Interval;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.shop.plan.ShopPast.Observed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Checks how often intervals miss, by experiments without a difference (A/A tests) on shoppers of the past: their arms
 * are drawn again and again, each time by another salt, so every interval that excludes 0 misses the truth. Intervals
 * come from production's own account, settings and rule, with the strategy's planned end, and are compared as shoppers
 * are observed.
 */
public final class IntervalCoverage {
    /** Most looks at an experiment, evenly over its shoppers. */
    private static final int MOST_LOOKS = 500;

    private final List<Observed> byEntry;
    private final List<Observed> byEnd;
    private final StrategyPlan plan;
    private final String currency;

    /**
     * @param past the shoppers
     * @param plan arms and shares
     */
    public IntervalCoverage(ShopPast past, StrategyPlan plan) {
        this.byEntry = past.shoppers();
        this.byEnd = byEntry.stream()
                .sorted(Comparator.comparingLong(Observed::observedAt))
                .toList();
        this.currency = past.currency();
        this.plan = plan;
    }

    /**
     * How often intervals missed with a cap and a burn-in.
     *
     * @param capMinor most that a shopper counts for, in minor units
     * @param burnIn shoppers that each arm needs first
     * @param runs how often the arms were drawn
     * @param judged runs that had an interval at all
     * @param missed runs in which an interval of a comparison that decides excluded 0 at any look
     * @param varianceKept mean variance with the covariate over that without, at the last look
     */
    public record Misses(long capMinor, int burnIn, int runs, int judged, int missed, double varianceKept) {
        /** Share of the runs that missed. */
        public double rate() {
            return (double) missed / runs;
        }

        /** Whether there were intervals, and they missed no more often than stated. */
        public boolean trusted() {
            return judged > runs / 2 && rate() <= UpliftSettings.standard().error();
        }
    }

    /** Draws arms with seeds 1 to {@code runs}, and reports for each burn-in. */
    public List<Misses> run(long capMinor, int[] burnIns, int runs) {
        List<Run> done = IntStream.rangeClosed(1, runs)
                .parallel()
                .mapToObj(seed -> new Run(seed, capMinor, burnIns).play())
                .toList();
        List<Misses> misses = new ArrayList<>();
        for (int b = 0; b < burnIns.length; b++) {
            int at = b;
            misses.add(new Misses(
                    capMinor,
                    burnIns[b],
                    runs,
                    (int) done.stream().filter(run -> run.kept[at] > 0).count(),
                    (int) done.stream().filter(run -> run.missed[at]).count(),
                    done.stream()
                            .mapToDouble(run -> run.kept[at])
                            .filter(kept -> kept > 0)
                            .average()
                            .orElse(1)));
        }
        return misses;
    }

    /** One draw of the arms. */
    private final class Run {
        private final StrategyPlan drawn;
        private final long capMinor;
        private final int[] burnIns;
        private final boolean[] missed;
        private final double[] kept;
        private final ExperimentUplift uplift = new ExperimentUplift();
        private final DecisionRule rule;

        Run(int seed, long capMinor, int[] burnIns) {
            drawn = new StrategyPlan(1, "calibration " + seed, plan.arms(), 0, Long.MAX_VALUE);
            this.rule = new DecisionRule(
                    ShopPast.MEASURE.label(), plan.options().rule().plannedUsers());
            this.capMinor = capMinor;
            this.burnIns = burnIns;
            missed = new boolean[burnIns.length];
            kept = new double[burnIns.length];
        }

        Run play() {
            int next = 0;
            int every = Math.max(1, byEnd.size() / MOST_LOOKS);
            for (int i = 0; i < byEnd.size(); i++) {
                Observed one = byEnd.get(i);
                while (next < byEntry.size() && byEntry.get(next).enteredAt() < one.observedAt()) {
                    String shopper = byEntry.get(next++).shopper();
                    uplift.enter(1, drawn.assign(shopper).name(), drawn.arms(), rule);
                }
                uplift.mature(1, drawn.assign(one.shopper()).name(), one.matured(), one.observedAt(), capMinor);
                if ((i + 1) % every == 0 || i == byEnd.size() - 1) {
                    compare();
                }
            }
            return this;
        }

        private void compare() {
            UpliftAccount account = uplift.accounts().get(new ExperimentUplift.Key(ShopPast.MEASURE, currency));
            for (int b = 0; account != null && b < burnIns.length; b++) {
                UpliftSettings settings = UpliftSettings.burningIn(burnIns[b]);
                for (Comparison comparison :
                        uplift.report(ShopPast.MEASURE, account, settings).comparisons()) {
                    Estimate estimate = comparison.estimate();
                    Interval interval = comparison.difference();
                    if (comparison.part().role() == Role.PRIMARY && estimate != null && interval != null) {
                        missed[b] |= !interval.contains(0);
                        kept[b] = estimate.varianceKept();
                    }
                }
            }
        }
    }
}
