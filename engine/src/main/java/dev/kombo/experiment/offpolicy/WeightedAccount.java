package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.uplift.ArmMoments;

/**
 * The sums behind an estimate and its overlap, in constant size.
 *
 * @param moments response is the slate's value to the estimator, covariate its weight
 * @param largestWeight largest weight
 * @param unsupported sum over slates of the weighted probability of unsupported choices
 */
record WeightedAccount(ArmMoments moments, double largestWeight, double unsupported) {
    static final WeightedAccount NONE = new WeightedAccount(ArmMoments.NONE, 0, 0);

    WeightedAccount plus(double value, double weight, double lost) {
        return new WeightedAccount(moments.plus(value, weight), Math.max(largestWeight, weight), unsupported + lost);
    }

    WeightedAccount merge(WeightedAccount other) {
        return new WeightedAccount(
                moments.merge(other.moments),
                Math.max(largestWeight, other.largestWeight),
                unsupported + other.unsupported);
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
