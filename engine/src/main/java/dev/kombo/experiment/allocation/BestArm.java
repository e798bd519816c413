package dev.kombo.experiment.allocation;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Computes the probability that each of several arms has the highest mean, given independent normal posteriors.
 *
 * <p>For arm k this is the integral of {@code density(z) · Π cumulative((mean(k) + z · deviation(k) - mean(j)) /
 * deviation(j))} over all z, with j the other arms. It is computed by the trapezoidal rule, whose error falls faster
 * than exponentially with the number of steps for functions like this (Trefethen, Weideman 2014, "The exponentially
 * convergent trapezoidal rule", SIAM Review 56): with a step of the narrowest deviation over twice the square root of
 * the number of arms it is below 1e-15. No draws, so the same observations give the same probabilities.
 */
final class BestArm {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double REACH = 8.5;
    private static final double STEPS_A_DEVIATION = 2;

    /** Deviations are raised to at least this part of the widest, which bounds the number of steps. */
    private static final double LEAST_PART = 1e-3;

    private BestArm() {}

    /**
     * The probabilities; their sum is 1.
     *
     * @param means of the arms, finite
     * @param variances posterior variances of the means, not negative
     */
    static double[] probabilities(double[] means, double[] variances) {
        int arms = means.length;
        double[] deviations = deviations(variances);
        double narrowest = DoubleStream.of(deviations).min().orElseThrow();
        double widest = DoubleStream.of(deviations).max().orElseThrow();
        int steps = (int) Math.ceil(STEPS_A_DEVIATION * Math.sqrt(arms) * widest / narrowest);
        double[] probabilities = new double[arms];
        double sum = 0;
        for (int k = 0; k < arms; k++) {
            probabilities[k] = integral(k, means, deviations, steps);
            sum += probabilities[k];
        }
        for (int k = 0; k < arms; k++) {
            probabilities[k] /= sum;
        }
        return probabilities;
    }

    /** Standard deviations of the means; an arm without variation so far is not taken as known for certain. */
    private static double[] deviations(double[] variances) {
        double largest = DoubleStream.of(variances).max().orElse(0);
        double least = largest > 0 ? LEAST_PART * Math.sqrt(largest) : 1;
        return DoubleStream.of(variances)
                .map(variance -> Math.max(least, Math.sqrt(variance)))
                .toArray();
    }

    private static double integral(int arm, double[] means, double[] deviations, int stepsADeviation) {
        int reach = (int) (REACH * stepsADeviation);
        double sum = 0;
        for (int step = -reach; step <= reach; step++) {
            double z = (double) step / stepsADeviation;
            double mean = means[arm] + z * deviations[arm];
            double product = NORMAL.density(z);
            for (int other = 0; other < means.length; other++) {
                if (other != arm) {
                    product *= NORMAL.cumulativeProbability((mean - means[other]) / deviations[other]);
                }
            }
            sum += product;
        }
        return sum / stepsADeviation;
    }
}
