package dev.kombo.tracking.offpolicy;

import dev.kombo.tracking.uplift.ArmMoments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a candidate policy by the logged slates of another, one slate at a time, in memory and time in proportion to
 * the ranks of the longest slate. Accumulators of parts of a log are merged in any order. Touched by one thread.
 *
 * <p>Each estimator but the self-normalised one is a mean of one value a slate, and its standard error is that of the
 * mean. Weights may be clipped at a bound, which trades variance for bias. With rewards that are never negative it makes
 * inverse propensity and cascade too low; the self-normalised estimate moves towards the rewards of the logging policy,
 * the doubly robust ones towards the model. The intervals know nothing of that bias.
 */
public final class OffPolicyAccumulator {
    private final double largestWeight;
    /** By depth: what the ranks down to it earned by the cascade's weights. A slate that ends above counts as it is. */
    private List<WeightedAccount> depths = new ArrayList<>();

    private WeightedAccount logged = WeightedAccount.NONE;
    private ArmMoments inversePropensity = ArmMoments.NONE;
    private ArmMoments doublyRobust = ArmMoments.NONE;
    private ArmMoments cascadeDoublyRobust = ArmMoments.NONE;

    private OffPolicyAccumulator(double largestWeight) {
        this.largestWeight = largestWeight;
    }

    /** Empty, with weights as they are. */
    public static OffPolicyAccumulator unclipped() {
        return new OffPolicyAccumulator(Double.POSITIVE_INFINITY);
    }

    /**
     * Empty, with weights above a bound lowered to it.
     *
     * @param largestWeight the bound, above 0
     * @throws IllegalArgumentException if it is not
     */
    public static OffPolicyAccumulator clippedAt(double largestWeight) {
        if (!(largestWeight > 0)) {
            throw new IllegalArgumentException("the largest weight must be above 0, but is " + largestWeight);
        }
        return new OffPolicyAccumulator(largestWeight);
    }

    /** Takes a slate into account. */
    public void add(LoggedSlate slate) {
        List<LoggedChoice> choices = slate.choices();
        while (depths.size() < choices.size()) {
            depths.add(depth(depths.size()));
        }
        double product = 1;
        double weight = 1;
        double lost = 0;
        double reward = 0;
        double cascade = 0;
        double robust = 0;
        for (int rank = 0; rank < depths.size(); rank++) {
            if (rank < choices.size()) {
                LoggedChoice choice = choices.get(rank);
                robust += weight * choice.prediction().expected();
                lost += product * choice.unsupported();
                product *= choice.ratio();
                weight = Math.min(product, largestWeight);
                reward += choice.reward();
                cascade += weight * choice.reward();
                robust += weight * (choice.reward() - choice.prediction().shown());
            }
            depths.set(rank, depths.get(rank).plus(cascade, weight, lost, product > largestWeight));
        }
        Prediction whole = slate.prediction();
        logged = logged.plus(reward, 1, 0, false);
        inversePropensity = inversePropensity.plus(weight * reward, weight);
        doublyRobust = doublyRobust.plus(whole.expected() + weight * (reward - whole.shown()), weight);
        cascadeDoublyRobust = cascadeDoublyRobust.plus(robust, weight);
    }

    /**
     * Takes all slates of another accumulator into account; the other one stays as it is.
     *
     * @throws IllegalArgumentException if it clips weights at another bound
     */
    public void merge(OffPolicyAccumulator other) {
        if (largestWeight != other.largestWeight) {
            throw new IllegalArgumentException(
                    "weights are clipped at " + largestWeight + " here and at " + other.largestWeight + " there");
        }
        int size = Math.max(depths.size(), other.depths.size());
        List<WeightedAccount> merged = new ArrayList<>(size);
        for (int rank = 0; rank < size; rank++) {
            merged.add(depth(rank).merge(other.depth(rank)));
        }
        depths = merged;
        logged = logged.merge(other.logged);
        inversePropensity = inversePropensity.merge(other.inversePropensity);
        doublyRobust = doublyRobust.merge(other.doublyRobust);
        cascadeDoublyRobust = cascadeDoublyRobust.merge(other.cascadeDoublyRobust);
    }

    /** Mean reward a slate of the candidate policy. */
    public PolicyValue value(Estimator estimator, OverlapLimits limits) {
        Overlap overlap = overlap();
        Optional<Refusal> refusal = overlap.refusal(limits);
        return refusal.isPresent() ? refusal.get() : estimate(estimator, overlap);
    }

    /**
     * Mean reward of the first ranks of a slate of the candidate policy, by {@link Estimator#CASCADE}. Their weights vary
     * less than those of whole slates, so there may be an answer where there is none for all ranks.
     *
     * @param ranks how many ranks, at least 1; more than the longest slate has mean all
     * @throws IllegalArgumentException if it is below 1
     */
    public PolicyValue firstRanks(int ranks, OverlapLimits limits) {
        if (ranks < 1) {
            throw new IllegalArgumentException("at least one rank must be asked for, not " + ranks);
        }
        return mean(depth(ranks - 1), limits);
    }

    /** Mean reward a slate of the logging policy: what was earned. */
    public PolicyValue logged(OverlapLimits limits) {
        return mean(logged, limits);
    }

    /** What all estimators of whole slates rest on. */
    public Overlap overlap() {
        return depth(depths.size()).overlap();
    }

    private WeightedAccount depth(int rank) {
        return depths.isEmpty() ? WeightedAccount.NONE : depths.get(Math.min(rank, depths.size() - 1));
    }

    /** The estimate without regard to the overlap; not finite where nothing can be told. */
    PolicyEstimate estimate(Estimator estimator, Overlap overlap) {
        return switch (estimator) {
            case INVERSE_PROPENSITY -> mean(inversePropensity, overlap);
            case SELF_NORMALIZED -> ratio(inversePropensity, overlap);
            case CASCADE -> mean(depth(depths.size()).moments(), overlap);
            case DOUBLY_ROBUST -> mean(doublyRobust, overlap);
            case CASCADE_DOUBLY_ROBUST -> mean(cascadeDoublyRobust, overlap);
        };
    }

    private static PolicyValue mean(WeightedAccount account, OverlapLimits limits) {
        Overlap overlap = account.overlap();
        Optional<Refusal> refusal = overlap.refusal(limits);
        return refusal.isPresent() ? refusal.get() : mean(account.moments(), overlap);
    }

    private static PolicyEstimate mean(ArmMoments moments, Overlap overlap) {
        double error = Math.sqrt(moments.responseVariance() / moments.count());
        return PolicyEstimate.normal(moments.responseMean(), error, overlap);
    }

    /** A ratio of means; its influence value of a slate is weight (reward - ratio) / mean weight. */
    private static PolicyEstimate ratio(ArmMoments moments, Overlap overlap) {
        double value = moments.responseMean() / moments.covariateMean();
        double variance = moments.residualSquares(value) / (moments.count() - 1);
        double error = Math.sqrt(variance / moments.count()) / moments.covariateMean();
        return PolicyEstimate.normal(value, error, overlap);
    }
}
