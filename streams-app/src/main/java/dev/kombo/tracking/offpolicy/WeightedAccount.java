package dev.kombo.tracking.offpolicy;

import dev.kombo.tracking.uplift.ArmMoments;

/**
 * Slates down to a rank: all that an estimate and its overlap need, whatever the number of slates.
 *
 * @param moments response is the slate's value to the estimator, covariate its weight
 * @param largestWeight largest weight
 * @param unsupported sum over slates of the weighted probability of unsupported choices
 * @param clipped slates whose weight was clipped
 */
record WeightedAccount(ArmMoments moments, double largestWeight, double unsupported, long clipped) {
    static final WeightedAccount NONE = new WeightedAccount(ArmMoments.NONE, 0, 0, 0);

    WeightedAccount plus(double value, double weight, double lost, boolean clippedNow) {
        return new WeightedAccount(
                moments.plus(value, weight),
                Math.max(largestWeight, weight),
                unsupported + lost,
                clipped + (clippedNow ? 1 : 0));
    }

    WeightedAccount merge(WeightedAccount other) {
        return new WeightedAccount(
                moments.merge(other.moments),
                Math.max(largestWeight, other.largestWeight),
                unsupported + other.unsupported,
                clipped + other.clipped);
    }

    Overlap overlap() {
        long slates = moments.count();
        double mean = moments.covariateMean();
        if (slates == 0) {
            return new Overlap(0, 0, 0, 0, Double.NaN, 0, 0);
        }
        double meanSquare = moments.covariateSquares() / slates + mean * mean;
        return new Overlap(
                slates,
                mean > 0 ? slates * (mean * mean / meanSquare) : 0,
                mean > 0 ? largestWeight / (slates * mean) : 0,
                mean,
                slates < 2 ? Double.NaN : Math.sqrt(moments.covariateSquares() / (slates - 1) / slates),
                unsupported / slates,
                (double) clipped / slates);
    }
}
