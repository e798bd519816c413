package dev.kombo.experiment.allocation;

import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.Contrast;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumArm;
import dev.kombo.experiment.uplift.StratumStatistics;
import java.util.Collection;
import java.util.List;

/**
 * Estimates of each treatment's mean response, made like those of the comparisons, over the strata in which all
 * treatments are past the burn-in. Each stratum is weighted by its observed shoppers, and responses are adjusted by the
 * covariate, as in {@link Contrast}. The mean covariate of a stratum, to which all of its arms are adjusted, is common
 * to all and does not affect which is best; without its variance the means are independent.
 *
 * @param means mean response of each treatment, in the units of the response
 * @param variances of these means
 */
record TreatmentMeans(double[] means, double[] variances) {
    /**
     * The estimates from an account.
     *
     * @param treatments names
     * @return null where there is no such stratum
     */
    static TreatmentMeans of(Collection<StratumAccount> strata, List<String> treatments, int burnIn) {
        double[] means = new double[treatments.size()];
        double[] variances = new double[treatments.size()];
        double users = 0;
        for (StratumAccount stratum : strata) {
            if (observed(stratum, treatments) >= burnIn) {
                StratumStatistics statistics = StratumStatistics.of(stratum);
                double weight = statistics.users();
                users += weight;
                for (int k = 0; k < means.length; k++) {
                    ArmMoments moments = stratum.arm(treatments.get(k)).moments();
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
            StratumArm arm = stratum.arm(name);
            fewest = Math.min(fewest, arm == null ? 0 : arm.moments().count());
        }
        return fewest;
    }
}
