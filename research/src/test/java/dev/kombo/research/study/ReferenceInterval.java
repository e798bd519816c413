package dev.kombo.research.study;

import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a comparison is measured by: the truth, and what one would get without the pains taken: the difference of means
 * over the same strata, each arm with its own variance (Welch), without covariate.
 *
 * @param armMean true mean of the arm over the strata that count
 * @param referenceMean true mean of the reference
 * @param plainDifference difference of the observed means
 * @param plainStandardError of it
 */
record ReferenceInterval(double armMean, double referenceMean, double plainDifference, double plainStandardError) {
    /** Standard errors to either side of an interval that is looked at once. */
    static double fixedSample(double error) {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability(error / 2);
    }

    static ReferenceInterval of(UpliftAccount account, Truth truth, String arm, String reference, int burnIn) {
        double users = 0;
        double armSum = 0;
        double referenceSum = 0;
        double difference = 0;
        double variance = 0;
        for (StratumAccount stratum : account.strata()) {
            ArmMoments first = stratum.arm(arm).moments();
            ArmMoments second = stratum.arm(reference).moments();
            if (first.count() >= burnIn && second.count() >= burnIn) {
                double here = 0;
                for (StratumArm each : stratum.arms()) {
                    here += each.moments().count();
                }
                int phase = Phase.numberOf(stratum.strategyVersion());
                users += here;
                armSum += here * truth.mean(phase, arm);
                referenceSum += here * truth.mean(phase, reference);
                difference += here * (first.responseMean() - second.responseMean());
                variance += here
                        * here
                        * (first.responseVariance() / first.count() + second.responseVariance() / second.count());
            }
        }
        return new ReferenceInterval(
                armSum / users, referenceSum / users, difference / users, Math.sqrt(variance) / users);
    }

    /** The true difference. */
    double difference() {
        return armMean - referenceMean;
    }

    /** The true difference over the reference's mean. */
    double relative() {
        return armMean / referenceMean - 1;
    }

    /** Whether the plain interval of that many standard errors misses the truth. */
    boolean plainMisses(double multiplier) {
        return Math.abs(plainDifference - difference()) > multiplier * plainStandardError;
    }
}
