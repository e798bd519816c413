package dev.kombo.experiment.uplift;

import dev.kombo.experiment.uplift.StratumAccount.StratumArm;

/**
 * Statistics over all arms of one stratum (the shoppers assigned under one version of the strategy) that all
 * comparisons of these arms use: the covariate's slope, and means and variances.
 *
 * <p>CUPED (Deng, Xu, Kohavi, Walker 2013, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data"): {@code slope · covariate} is subtracted from each response. The covariate was fixed before
 * assignment, so its expectation is the same in all arms and their difference stays the same, with less variance. The
 * slope is that of the responses on the covariate within arms, all arms together.
 *
 * @param users observed shoppers of all arms
 * @param slope of the response on the covariate; 0 where the covariate does not vary
 * @param covariateMean mean of the covariate over all arms
 * @param covariateVariance its variance within arms
 * @param residualVariance variance of {@code response - slope · covariate} within arms; 0 with too few observations
 * @param responseMean mean response over all arms, in proportion to which an arm's variance is expected; 0: the
 *     variance is expected to be the same in all arms
 */
public record StratumStatistics(
        long users,
        double slope,
        double covariateMean,
        double covariateVariance,
        double residualVariance,
        double responseMean) {
    /** Number of shoppers at which an arm's own variance is trusted by half. */
    private static final double DOUBTED_USERS = 1000;

    public static StratumStatistics of(StratumAccount stratum) {
        long users = 0;
        int arms = 0;
        double covariates = 0;
        double squares = 0;
        double products = 0;
        for (StratumArm arm : stratum.arms()) {
            ArmMoments moments = arm.moments();
            users += moments.count();
            arms += moments.count() > 0 ? 1 : 0;
            covariates += moments.count() * moments.covariateMean();
            squares += moments.covariateSquares();
            products += moments.products();
        }
        double slope = squares > 0 ? products / squares : 0;
        double residuals = 0;
        for (StratumArm arm : stratum.arms()) {
            residuals += arm.moments().residualSquares(slope);
        }
        long freedom = users - arms;
        return new StratumStatistics(
                users,
                slope,
                users == 0 ? 0 : covariates / users,
                freedom > 0 ? squares / freedom : 0,
                freedom > 0 ? residuals / freedom : 0,
                0);
    }

    /**
     * Returns the same statistics, by which an arm's variance is expected in proportion to its mean. An arm whose
     * shoppers buy more often has both in the same ratio; without the proportion, the variance of a good treatment
     * would lengthen the intervals of a holdout that is rightly less variable.
     */
    StratumStatistics scaled(StratumAccount stratum) {
        double responses = 0;
        for (StratumArm arm : stratum.arms()) {
            responses += arm.moments().count() * arm.moments().responseMean();
        }
        double mean = users == 0 ? 0 : Math.max(0, responses / users);
        return new StratumStatistics(users, slope, covariateMean, covariateVariance, residualVariance, mean);
    }

    /** Mean response of an arm, adjusted to the covariate mean of the whole stratum. */
    public double adjustedMean(ArmMoments arm) {
        return arm.responseMean() - slope * (arm.covariateMean() - covariateMean);
    }

    /**
     * Variance of an arm's mean residual. Where an arm's own variance is below what that of all arms lets expect,
     * {@code 1000 / (1000 + users)} of the difference is added. With few shoppers of whom one in a hundred makes most
     * of the revenue, low variance and low mean occur together, when none of those has come yet, and an interval from
     * both would miss on one side far too often. The addition is never negative and fades with the number of shoppers,
     * so the interval is asymptotically unchanged.
     */
    public double meanVariance(ArmMoments arm) {
        double own = ownVariance(arm);
        return own + doubted(expectedVariance(arm) - own, arm.count());
    }

    /** Variance of an arm's mean residual by its own shoppers alone. */
    double ownVariance(ArmMoments arm) {
        return arm.residualSquares(slope) / (arm.count() - 1) / arm.count();
    }

    /** Variance of an arm's mean residual that all arms let expect. */
    double expectedVariance(ArmMoments arm) {
        double expected = responseMean == 0 ? residualVariance : residualVariance * adjustedMean(arm) / responseMean;
        return expected / arm.count();
    }

    /** What is added to an arm's own variance: a part of what it lacks, the smaller the more shoppers the arm has. */
    static double doubted(double lack, long users) {
        return Math.max(0, lack) * DOUBTED_USERS / (DOUBTED_USERS + users);
    }

    /** Covariance of an arm's mean residual and {@code covariateMean}, which includes the arm's shoppers. */
    double meanCovariance(ArmMoments arm) {
        return arm.residualProducts(slope) / (arm.count() - 1) / users;
    }
}
