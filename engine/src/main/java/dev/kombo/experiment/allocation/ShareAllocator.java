package dev.kombo.experiment.allocation;

import dev.kombo.experiment.Allocation;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.Contrast;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.SampleRatio;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.StratumStatistics;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Moves the shares of newly assigned shoppers towards the better treatments, where the strategy allows it (Thompson
 * sampling). The treatments' common share is divided in proportion to the probability that each of them is the best
 * (Thompson 1933; as shares of visitors: Scott 2010, "A modern Bayesian look at the multi-armed bandit", Applied
 * Stochastic Models in Business and Industry 26), clipped to the bounds of the {@link Allocation}, and no share changes
 * by more than {@value #LARGEST_STEP}. The lower bound keeps every treatment observed; the upper one keeps a lucky
 * start from ending the experiment. Holdout and baseline keep their shares. The posterior of a mean is normal around
 * {@link TreatmentMeans}.
 *
 * <p>Each version is a stratum of the comparisons, and counts once all of its arms are past the burn-in. Shares
 * therefore move only when the active version is past it, including the holdout, so that a stratum that a move ends is
 * never lost. They also move only when its observed shoppers are at least a quarter of all those before: then the
 * number of strata, and with it the stored state, grows with the logarithm of the number of shoppers, and a posterior
 * with less than a quarter more data has changed little. Changes below {@value #SMALLEST_MOVE} are not worth a stratum.
 * The shares of a stratum are fixed before its first shopper is assigned, so that arms are comparable within it,
 * whatever moved them.
 *
 * <p>The result is a function of the observations, without random draws.
 */
public final class ShareAllocator {
    /**
     * The measure by which treatments are compared: a measure of money that is known soon but is not limited to the
     * first visit.
     */
    public static final Measure MEASURE = Measure.REVENUE_7D;

    static final double LARGEST_STEP = 0.2;
    static final double SMALLEST_MOVE = 0.02;
    static final double NEW_USERS = 0.25;

    private ShareAllocator() {}

    /**
     * The next move.
     *
     * @param plan the active strategy
     * @param uplift observations of its experiment
     * @param time of the latest outcome, epoch milliseconds
     * @return null where shares stay
     */
    public static @Nullable ShareMove next(StrategyPlan plan, ExperimentUplift uplift, long time) {
        Allocation allocation = plan.options().allocation();
        if (allocation == null || !plan.runningAt(time) || ahead(uplift.lastMove(), plan)) {
            return null;
        }
        UpliftAccount account = uplift.mainAccount(MEASURE);
        if (account == null || !ready(plan, allocation, account)) {
            return null;
        }
        List<Arm> treatments = plan.arms().stream().filter(Arm::treats).toList();
        List<String> names = treatments.stream().map(Arm::name).toList();
        TreatmentMeans known = TreatmentMeans.of(
                account.strata(), names, UpliftSettings.standard().burnIn());
        return known == null
                ? null
                : move(
                        treatments,
                        BestArm.probabilities(known.means(), known.variances()),
                        allocation,
                        plan.version() + 1,
                        time);
    }

    /** Whether a move was made that is not active yet. */
    private static boolean ahead(@Nullable ShareMove last, StrategyPlan plan) {
        return last != null && last.version() > plan.version();
    }

    private static boolean ready(StrategyPlan plan, Allocation allocation, UpliftAccount account) {
        int burnIn = UpliftSettings.standard().burnIn();
        long before = 0;
        StratumAccount current = null;
        for (StratumAccount stratum : account.strata()) {
            if (stratum.strategyVersion() == plan.version()) {
                current = stratum;
            } else {
                before += observed(stratum);
            }
        }
        if (current == null || observed(current) < NEW_USERS * before) {
            return false;
        }
        for (Arm arm : plan.arms()) {
            StratumArm observed = current.arm(arm.name());
            int needed = arm.kind() == Arm.Kind.TREATMENT ? Math.max(burnIn, allocation.usersAtLeast()) : burnIn;
            if (arm.share() > 0 && (observed == null || observed.moments().count() < needed)) {
                return false;
            }
        }
        return !SampleRatio.of(account.strata()).mismatched();
    }

    private static long observed(StratumAccount stratum) {
        return stratum.arms().stream().mapToLong(arm -> arm.moments().count()).sum();
    }

    static @Nullable ShareMove move(
            List<Arm> treatments, double[] best, Allocation allocation, long version, long time) {
        int count = treatments.size();
        double[] before = treatments.stream().mapToDouble(Arm::share).toArray();
        double[] wanted = new double[count];
        double[] lowest = new double[count];
        double[] highest = new double[count];
        double sum = DoubleStream.of(before).sum();
        for (int k = 0; k < count; k++) {
            wanted[k] = best[k] * sum;
            lowest[k] = Math.max(allocation.minimumShare(), before[k] - LARGEST_STEP);
            highest[k] = Math.min(allocation.maximumShare(), before[k] + LARGEST_STEP);
        }
        int[] units = BoundedShares.units(before, BoundedShares.nearest(wanted, lowest, highest, sum));
        int largest = IntStream.of(units).map(Math::abs).max().orElse(0);
        List<ShareMove.MovedArm> moved = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            // The bounds may have more digits than shares are rounded to.
            double share = Math.min(allocation.maximumShare(), BoundedShares.plus(before[k], units[k]));
            share = Math.max(allocation.minimumShare(), share);
            moved.add(new ShareMove.MovedArm(treatments.get(k).name(), share, best[k]));
        }
        return largest * BoundedShares.UNIT < SMALLEST_MOVE
                ? null
                : new ShareMove(version, time, moved, ShareMove.MoveKind.ALLOCATION, null, null);
    }

    /**
     * Estimates of each treatment's mean response, made like those of the comparisons, over the strata in which all
     * treatments are past the burn-in. Each stratum is weighted by its observed shoppers, and responses are adjusted by
     * the covariate, as in {@link Contrast}. The mean covariate of a stratum, to which all of its arms are adjusted, is
     * common to all and does not affect which is best; without its variance the means are independent.
     *
     * @param means mean response of each treatment, in the units of the response
     * @param variances of these means
     */
    private record TreatmentMeans(double[] means, double[] variances) {
        /**
         * The estimates from an account.
         *
         * @param treatments names
         * @return null where there is no such stratum
         */
        static @Nullable TreatmentMeans of(Collection<StratumAccount> strata, List<String> treatments, int burnIn) {
            double[] means = new double[treatments.size()];
            double[] variances = new double[treatments.size()];
            double users = 0;
            for (StratumAccount stratum : strata) {
                if (observed(stratum, treatments) >= burnIn) {
                    StratumStatistics statistics = StratumStatistics.of(stratum);
                    double weight = statistics.users();
                    users += weight;
                    for (int k = 0; k < means.length; k++) {
                        ArmMoments moments = momentsOf(stratum, treatments.get(k));
                        means[k] += weight * statistics.adjustedMean(moments);
                        variances[k] += weight * weight * statistics.meanVariance(moments);
                    }
                }
            }
            if (users == 0) {
                return null;
            }
            for (int k = 0; k < means.length; k++) {
                means[k] /= users;
                variances[k] /= users * users;
            }
            return new TreatmentMeans(means, variances);
        }

        /** Observed shoppers of the smallest arm of a stratum. */
        static long observed(StratumAccount stratum, List<String> arms) {
            long fewest = Long.MAX_VALUE;
            for (String name : arms) {
                fewest = Math.min(fewest, momentsOf(stratum, name).count());
            }
            return fewest;
        }

        private static ArmMoments momentsOf(StratumAccount stratum, String name) {
            StratumArm arm = stratum.arm(name);
            return arm == null ? ArmMoments.NONE : arm.moments();
        }
    }

    /**
     * Computes the probability that each of several arms has the highest mean, given independent normal posteriors.
     *
     * <p>For arm k this is the integral of
     * {@code density(z) · Π cumulative((mean(k) + z · deviation(k) - mean(j)) / deviation(j))} over all z, with j the
     * other arms. It is computed by the trapezoidal rule, whose error falls faster than exponentially with the number
     * of steps for functions like this (Trefethen, Weideman 2014, "The exponentially convergent trapezoidal rule", SIAM
     * Review 56): with a step of the narrowest deviation over twice the square root of the number of arms it is below
     * 1e-15. No draws, so the same observations give the same probabilities.
     */
    static final class BestArm {
        private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
        private static final double REACH = 8.5;
        private static final double STEPS_A_DEVIATION = 2;

        /** Deviations are raised to at least this part of the widest, which bounds the number of steps. */
        private static final double LEAST_PART = 1e-3;

        private BestArm() {}

        /**
         * The probabilities; their sum is 1.
         *
         * @param means of the arms, finite
         * @param variances posterior variances of the means, not negative
         */
        static double[] probabilities(double[] means, double[] variances) {
            int arms = means.length;
            double[] deviations = deviations(variances);
            double narrowest = DoubleStream.of(deviations).min().orElseThrow();
            double widest = DoubleStream.of(deviations).max().orElseThrow();
            int steps = (int) Math.ceil(STEPS_A_DEVIATION * Math.sqrt(arms) * widest / narrowest);
            double[] probabilities = new double[arms];
            double sum = 0;
            for (int k = 0; k < arms; k++) {
                probabilities[k] = integral(k, means, deviations, steps);
                sum += probabilities[k];
            }
            for (int k = 0; k < arms; k++) {
                probabilities[k] /= sum;
            }
            return probabilities;
        }

        /** Standard deviations of the means; an arm without variation so far is not taken as known for certain. */
        private static double[] deviations(double[] variances) {
            double largest = DoubleStream.of(variances).max().orElse(0);
            double least = largest > 0 ? LEAST_PART * Math.sqrt(largest) : 1;
            return DoubleStream.of(variances)
                    .map(variance -> Math.max(least, Math.sqrt(variance)))
                    .toArray();
        }

        private static double integral(int arm, double[] means, double[] deviations, int stepsADeviation) {
            int reach = (int) (REACH * stepsADeviation);
            double sum = 0;
            for (int step = -reach; step <= reach; step++) {
                double z = (double) step / stepsADeviation;
                double mean = means[arm] + z * deviations[arm];
                double product = NORMAL.density(z);
                for (int other = 0; other < means.length; other++) {
                    if (other != arm) {
                        product *= NORMAL.cumulativeProbability((mean - means[other]) / deviations[other]);
                    }
                }
                sum += product;
            }
            return sum / stepsADeviation;
        }
    }
}
