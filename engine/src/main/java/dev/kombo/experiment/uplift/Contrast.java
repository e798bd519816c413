package dev.kombo.experiment.uplift;

import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the mean response per shopper of two arms, and how sure their difference is, over all strata (versions of
 * the strategy). Each stratum is weighted by its observed shoppers of all arms, as in post-stratification (Miratrix,
 * Sekhon, Yu 2013, "Adjusting treatment effect estimates by post-stratification in randomized experiments"): the
 * estimand is the effect on the shoppers assigned so far. With these weights, the number of shoppers times the estimate
 * is a sum with one term per shopper, as a confidence sequence requires; weights by precision would change the terms of
 * the past.
 */
public final class Contrast {
    private final UpliftSettings settings;
    private long users;
    private long armUsers;
    private long referenceUsers;
    private double armSum;
    private double referenceSum;
    private double armVariance;
    private double referenceVariance;
    private double covariance;
    private double armLack;
    private double referenceLack;
    private double clock;
    private double tightestClock;
    private double ownVariance;
    private double plainVariance;
    private double priorSum;
    private double priorVariance;
    private double covariateSum;

    private Contrast(UpliftSettings settings) {
        this.settings = settings;
    }

    /** The estimate; null: no stratum is past its burn-in yet. */
    static @Nullable Estimate of(
            List<StratumAccount> strata,
            List<StratumStatistics> statistics,
            String arm,
            String reference,
            UpliftSettings settings) {
        Contrast contrast = new Contrast(settings);
        for (int s = 0; s < strata.size(); s++) {
            StratumArm first = strata.get(s).arm(arm);
            StratumArm second = strata.get(s).arm(reference);
            if (first != null
                    && second != null
                    && contrast.counts(first.moments())
                    && contrast.counts(second.moments())) {
                contrast.add(statistics.get(s), first.moments(), second.moments());
            }
        }
        return contrast.users == 0 ? null : contrast.estimate();
    }

    private boolean counts(ArmMoments moments) {
        return moments.count() >= settings.burnIn();
    }

    private void add(StratumStatistics stratum, ArmMoments arm, ArmMoments reference) {
        double n = stratum.users();
        double square = n * n;
        // By an experiment's rule, variance is doubted over all strata together; without one, in each as it always was.
        boolean whole = stratum.responseMean() > 0;
        double armPart = whole ? stratum.ownVariance(arm) : stratum.meanVariance(arm);
        double referencePart = whole ? stratum.ownVariance(reference) : stratum.meanVariance(reference);
        double slope = stratum.slope();
        double armCross = slope * stratum.meanCovariance(arm);
        double referenceCross = slope * stratum.meanCovariance(reference);
        double shared = slope * slope * stratum.covariateVariance() / n;
        double pace = 1.0 / arm.count() + 1.0 / reference.count();
        users += stratum.users();
        armUsers += arm.count();
        referenceUsers += reference.count();
        armSum += n * stratum.adjustedMean(arm);
        referenceSum += n * stratum.adjustedMean(reference);
        armLack += whole ? square * (stratum.expectedVariance(arm) - armPart) : 0;
        referenceLack += whole ? square * (stratum.expectedVariance(reference) - referencePart) : 0;
        armVariance += square * (armPart + shared + 2 * armCross);
        referenceVariance += square * (referencePart + shared + 2 * referenceCross);
        covariance += square * (shared + armCross + referenceCross);
        clock += square * pace;
        priorSum += n * (arm.covariateMean() - reference.covariateMean());
        priorVariance += square * pace * stratum.covariateVariance();
        covariateSum += n * stratum.covariateMean();
        if (tightestClock == 0) {
            // From the first stratum, so that the clock's unit stays when shares change.
            double usersThen = settings.tightestAt() * n / Math.min(arm.count(), reference.count());
            tightestClock = usersThen * n * pace;
        }
        ownVariance += square
                * (arm.residualSquares(slope) / (arm.count() - 1) / arm.count()
                        + reference.residualSquares(slope) / (reference.count() - 1) / reference.count());
        plainVariance +=
                square * (arm.responseVariance() / arm.count() + reference.responseVariance() / reference.count());
    }

    private Estimate estimate() {
        double n = users;
        double square = n * n;
        return new Estimate(
                users,
                armUsers,
                referenceUsers,
                armSum / n,
                referenceSum / n,
                (armVariance + StratumStatistics.doubted(armLack, armUsers)) / square,
                (referenceVariance + StratumStatistics.doubted(referenceLack, referenceUsers)) / square,
                covariance / square,
                clock / tightestClock,
                plainVariance > 0 ? ownVariance / plainVariance : 1,
                new Prior(priorSum / n, priorVariance / square, covariateSum / n));
    }

    /**
     * What both arms had in common before assignment, if shoppers were assigned by chance: the covariate.
     *
     * @param difference the arm's mean less the reference's
     * @param variance of the difference
     * @param mean of all arms
     */
    public record Prior(double difference, double variance, double mean) {}

    /**
     * Adjusted means of two arms over the strata that count, with their variances.
     *
     * @param users observed shoppers of all arms in the strata that count: their weights
     * @param armUsers those of the arm
     * @param referenceUsers those of the reference
     * @param armMean mean response of the arm, adjusted by the covariate
     * @param referenceMean mean response of the reference, adjusted likewise
     * @param armVariance variance of {@code armMean}
     * @param referenceVariance variance of {@code referenceMean}
     * @param covariance of both means: they are adjusted to the same covariate
     * @param clock time of the confidence sequence, see {@link ConfidenceSequence#multiplier}
     * @param varianceKept variance of the difference with the covariate over that without; 1 where it does not help
     * @param prior difference of the arms before assignment
     */
    public record Estimate(
            long users,
            long armUsers,
            long referenceUsers,
            double armMean,
            double referenceMean,
            double armVariance,
            double referenceVariance,
            double covariance,
            double clock,
            double varianceKept,
            Prior prior) {

        /** How much higher the arm's mean is, in units of the response. */
        public double difference() {
            return armMean - referenceMean;
        }

        /** Variance of the difference; not negative. */
        public double differenceVariance() {
            return Math.max(0, armVariance + referenceVariance - 2 * covariance);
        }

        /** The difference over the reference's mean; not finite where that is 0. */
        public double relative() {
            return armMean / referenceMean - 1;
        }
    }
}
