package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import dev.kombo.experiment.uplift.ArmMoments;
import java.util.Optional;

/**
 * Evaluates a candidate policy from the logged slates of another, one slate at a time, in constant memory. Not
 * thread-safe.
 *
 * <p>Each estimator but the self-normalised one is a mean of one value per slate, and its standard error is that of the
 * mean. Only {@link Estimator#SHRUNK_DOUBLY_ROBUST} trades variance for a bias that its interval does not show.
 */
public final class OffPolicyAccumulator {
    /** Largest error of the model's mean prediction, relative to the mean reward, at which it is relied on. */
    private static final double MOST_MODEL_ERROR = 0.2;

    private WeightedAccount cascade = WeightedAccount.NONE;
    private WeightedAccount logged = WeightedAccount.NONE;
    private ArmMoments inversePropensity = ArmMoments.NONE;
    private ArmMoments doublyRobust = ArmMoments.NONE;
    private ArmMoments cascadeDoublyRobust = ArmMoments.NONE;
    private ArmMoments predicted = ArmMoments.NONE;
    private final ShrunkWeights shrunk = new ShrunkWeights();
    private final PolicyDifference difference = new PolicyDifference();

    /** Adds a slate. */
    public void add(LoggedSlate slate) {
        double weight = 1;
        double lost = 0;
        double byRank = 0;
        double robust = 0;
        for (LoggedChoice choice : slate.choices()) {
            robust += weight * choice.prediction().expected();
            lost += weight * choice.unsupported();
            weight *= choice.ratio();
            byRank += weight * choice.reward();
            robust += weight * (choice.reward() - choice.prediction().shown());
        }
        double reward = slate.reward();
        Prediction whole = slate.prediction();
        cascade = cascade.plus(byRank, weight, lost);
        logged = logged.plus(reward, 1, 0);
        inversePropensity = inversePropensity.plus(weight * reward, weight);
        doublyRobust = doublyRobust.plus(whole.expected() + weight * (reward - whole.shown()), weight);
        cascadeDoublyRobust = cascadeDoublyRobust.plus(robust, weight);
        predicted = predicted.plus(reward, whole.shown());
        shrunk.add(weight, reward, whole);
        difference.add(slate);
    }

    /** Mean reward per slate of the candidate policy. */
    public EstimateOrRefusal value(Estimator estimator, Overlap.Limits limits) {
        Overlap overlap = overlap();
        Optional<Refusal> refusal = overlap.refusal(limits);
        return refusal.isPresent() ? refusal.get() : estimate(estimator, overlap);
    }

    /** Mean reward per slate of the logging policy: what was actually earned. */
    public EstimateOrRefusal logged(Overlap.Limits limits) {
        Overlap overlap = logged.overlap();
        Optional<Refusal> refusal = overlap.refusal(limits);
        return refusal.isPresent() ? refusal.get() : mean(logged.moments(), overlap);
    }

    /** How much more the candidate policy would have earned per slate than was earned. */
    public EstimateOrRefusal difference(Overlap.Limits limits) {
        Overlap overlap = overlap();
        Optional<Refusal> refusal = overlap.refusal(limits);
        return refusal.isPresent() ? refusal.get() : difference.value(overlap);
    }

    /**
     * The estimator to rely on, by a rule that does not look at the estimates: shrunk weights where the model predicts
     * the rewards of the logged slates within a fifth, in sum; else the self-normalised one, which needs no model.
     */
    public Estimator recommended() {
        double earned = predicted.responseMean();
        return Math.abs(predicted.covariateMean() - earned) <= MOST_MODEL_ERROR * Math.abs(earned)
                ? Estimator.SHRUNK_DOUBLY_ROBUST
                : Estimator.SELF_NORMALIZED;
    }

    /** The overlap that all estimators of the candidate policy rest on. */
    public Overlap overlap() {
        return cascade.overlap();
    }

    /** The estimate regardless of the overlap; not finite where there is none. */
    PolicyEstimate estimate(Estimator estimator, Overlap overlap) {
        return switch (estimator) {
            case INVERSE_PROPENSITY -> mean(inversePropensity, overlap);
            case SELF_NORMALIZED -> ratio(inversePropensity, overlap);
            case CASCADE -> mean(cascade.moments(), overlap);
            case DOUBLY_ROBUST -> mean(doublyRobust, overlap);
            case CASCADE_DOUBLY_ROBUST -> mean(cascadeDoublyRobust, overlap);
            case SHRUNK_DOUBLY_ROBUST -> mean(shrunk.at(overlap.effectiveSampleSize()), overlap);
        };
    }

    private static PolicyEstimate mean(ArmMoments moments, Overlap overlap) {
        double error = Math.sqrt(moments.responseVariance() / moments.count());
        return PolicyEstimate.normal(moments.responseMean(), error, overlap);
    }

    /** A ratio of means; a slate's influence value is weight (reward - ratio) / mean weight. */
    private static PolicyEstimate ratio(ArmMoments moments, Overlap overlap) {
        double value = moments.responseMean() / moments.covariateMean();
        double variance = moments.residualSquares(value) / (moments.count() - 1);
        double error = Math.sqrt(variance / moments.count()) / moments.covariateMean();
        return PolicyEstimate.normal(value, error, overlap);
    }

    /**
     * The sums behind an estimate and its overlap, in constant size.
     *
     * @param moments response is the slate's value to the estimator, covariate its weight
     * @param largestWeight largest weight
     * @param unsupported sum over slates of the weighted probability of unsupported choices
     */
    private record WeightedAccount(ArmMoments moments, double largestWeight, double unsupported) {
        static final WeightedAccount NONE = new WeightedAccount(ArmMoments.NONE, 0, 0);

        WeightedAccount plus(double value, double weight, double lost) {
            return new WeightedAccount(
                    moments.plus(value, weight), Math.max(largestWeight, weight), unsupported + lost);
        }

        Overlap overlap() {
            long slates = moments.count();
            double mean = moments.covariateMean();
            if (slates == 0) {
                return new Overlap(0, 0, 0, 0, Double.NaN, 0);
            }
            double meanSquare = moments.covariateSquares() / slates + mean * mean;
            return new Overlap(
                    slates,
                    mean > 0 ? slates * (mean * mean / meanSquare) : 0,
                    mean > 0 ? largestWeight / (slates * mean) : 0,
                    mean,
                    slates < 2 ? Double.NaN : Math.sqrt(moments.covariateSquares() / (slates - 1) / slates),
                    unsupported / slates);
        }
    }
}
