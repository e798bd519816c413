package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;

/**
 * Summarises the observations of one arm of an experiment by their count, means, and centred second moments: all that
 * the estimates need, in constant size.
 *
 * <p>One observation is added by Welford's method (1962, "Note on a method for calculating corrected sums of squares
 * and products"), two sets are merged by that of Chan, Golub and LeVeque (1982, "Updating formulae and a pairwise
 * algorithm for computing sample variances"). Neither subtracts large sums from each other, so no precision is lost
 * where the mean is large relative to the spread.
 *
 * @param count shoppers
 * @param responseMean mean of the response
 * @param covariateMean mean of the covariate
 * @param responseSquares sum of squared deviations of the response from its mean
 * @param covariateSquares sum of squared deviations of the covariate from its mean
 * @param products sum of the products of both deviations
 */
public record ArmMoments(
        long count,
        double responseMean,
        double covariateMean,
        double responseSquares,
        double covariateSquares,
        double products) {
    /** No observations. */
    public static final ArmMoments NONE = new ArmMoments(0, 0, 0, 0, 0, 0);

    ArmMoments fields(Fields f) {
        return new ArmMoments(
                f.number(count),
                f.real(responseMean),
                f.real(covariateMean),
                f.real(responseSquares),
                f.real(covariateSquares),
                f.real(products));
    }

    /** Returns the moments with one more observation. */
    public ArmMoments plus(double response, double covariate) {
        long n = count + 1;
        double responseStep = response - responseMean;
        double covariateStep = covariate - covariateMean;
        double newResponseMean = responseMean + responseStep / n;
        double newCovariateMean = covariateMean + covariateStep / n;
        double covariateRest = covariate - newCovariateMean;
        return new ArmMoments(
                n,
                newResponseMean,
                newCovariateMean,
                responseSquares + responseStep * (response - newResponseMean),
                covariateSquares + covariateStep * covariateRest,
                products + responseStep * covariateRest);
    }

    /** Returns the moments with those of other shoppers added. */
    public ArmMoments merge(ArmMoments other) {
        if (other.count == 0) {
            return this;
        }
        if (count == 0) {
            return other;
        }
        long n = count + other.count;
        double part = (double) other.count / n;
        double weight = count * part;
        double response = other.responseMean - responseMean;
        double covariate = other.covariateMean - covariateMean;
        return new ArmMoments(
                n,
                responseMean + response * part,
                covariateMean + covariate * part,
                responseSquares + other.responseSquares + response * response * weight,
                covariateSquares + other.covariateSquares + covariate * covariate * weight,
                products + other.products + response * covariate * weight);
    }

    /** Sample variance of the response; NaN below two observations. */
    public double responseVariance() {
        return count < 2 ? Double.NaN : responseSquares / (count - 1);
    }

    /** Sum of squared deviations of {@code response - slope * covariate} from its mean; never negative. */
    public double residualSquares(double slope) {
        return Math.max(0, responseSquares - 2 * slope * products + slope * slope * covariateSquares);
    }

    /** Sum of the products of the deviations of {@code response - slope * covariate} and of the covariate. */
    double residualProducts(double slope) {
        return products - slope * covariateSquares;
    }
}
