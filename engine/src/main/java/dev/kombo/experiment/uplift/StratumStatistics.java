package dev.kombo.experiment.uplift;

/**
 * What the comparisons within a stratum share.
 *
 * <p>CUPED (Deng, Xu, Kohavi, Walker 2013, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data"): of each response, {@code slope · covariate} is taken away. The covariate was fixed before
 * entry, so its expectation is the same in all arms and their difference stays what it is, with less variance. The
 * slope is that of the responses on the covariate within arms, all arms together.
 *
 * @param users observed shoppers of all arms
 * @param slope of the response on the covariate; 0 where the covariate does not vary
 * @param covariateMean mean of the covariate over all arms
 * @param covariateVariance its variance within arms
 * @param residualVariance variance of {@code response - slope · covariate} within arms; 0 where there is too little to
 *     tell
 */
public record StratumStatistics(
        long users, double slope, double covariateMean, double covariateVariance, double residualVariance) {
    /** Shoppers at which an arm's own variance is believed by half. */
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
                freedom > 0 ? residuals / freedom : 0);
    }

    /** Mean response of an arm, moved to where its covariate would be as large as in the whole stratum. */
    public double adjustedMean(ArmMoments arm) {
        return arm.responseMean() - slope * (arm.covariateMean() - covariateMean);
    }

    /**
     * Variance of an arm's mean residual. Where an arm's own variance is below that of all arms, the lack is made up
     * for by {@code 1000 / (1000 + users)} of it. With few shoppers of whom one in a hundred makes most of the revenue,
     * low variance and low mean come together, when none of those has come yet, and an interval made of both would miss
     * on one side far too often. The addition is never negative and fades with the number of shoppers, so the interval
     * is asymptotically what it would be without.
     */
    public double meanVariance(ArmMoments arm) {
        double own = arm.residualSquares(slope) / (arm.count() - 1);
        double lack = Math.max(0, residualVariance - own);
        return (own + lack * DOUBTED_USERS / (DOUBTED_USERS + arm.count())) / arm.count();
    }

    /** Covariance of an arm's mean residual and {@code covariateMean}, of which the arm's shoppers are a part. */
    double meanCovariance(ArmMoments arm) {
        return arm.residualProducts(slope) / (arm.count() - 1) / users;
    }
}
