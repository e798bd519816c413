package dev.kombo.lab.study;

import dev.kombo.tracking.uplift.ArmMoments;
import dev.kombo.tracking.uplift.StratumAccount;
import dev.kombo.tracking.uplift.UpliftAccount;

/**
 * What is compared with: the difference of means over the same strata, each arm with its own variance (Welch), without
 * covariate.
 *
 * @param difference of the means
 * @param standardError of it
 */
record PlainDifference(double difference, double standardError) {
    /** Standard normal quantile of 1 - 0.05 / 6: two sides, and three comparisons that share an error of 5 %. */
    static final double FIXED_SAMPLE_QUANTILE = 2.39398;

    static PlainDifference of(UpliftAccount account, String arm, String reference, int burnIn) {
        double users = 0;
        double difference = 0;
        double variance = 0;
        for (StratumAccount stratum : account.strata()) {
            ArmMoments first = stratum.arm(arm).moments();
            ArmMoments second = stratum.arm(reference).moments();
            if (first.count() >= burnIn && second.count() >= burnIn) {
                double here = 0;
                for (var each : stratum.arms()) {
                    here += each.moments().count();
                }
                users += here;
                difference += here * (first.responseMean() - second.responseMean());
                variance += here
                        * here
                        * (first.responseVariance() / first.count() + second.responseVariance() / second.count());
            }
        }
        return new PlainDifference(difference / users, Math.sqrt(variance) / users);
    }

    /** Whether an interval of that many standard errors misses a value. */
    boolean misses(double truth, double multiplier) {
        return Math.abs(difference - truth) > multiplier * standardError;
    }
}
