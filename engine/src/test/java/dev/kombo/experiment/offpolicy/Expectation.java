package dev.kombo.experiment.offpolicy;

import java.util.List;

/**
 * Mean and variance of an estimate from one slate, over everything that can be logged.
 *
 * @param mean the estimator's expectation, whatever the number of slates
 * @param variance variance for one slate
 */
record Expectation(double mean, double variance) {
    static Expectation of(List<SlateWorld.Outcome> outcomes, Estimator estimator) {
        double mean = 0;
        double square = 0;
        for (SlateWorld.Outcome outcome : outcomes) {
            OffPolicyAccumulator one = new OffPolicyAccumulator();
            one.add(outcome.slate());
            double value = one.estimate(estimator, one.overlap()).value();
            mean += outcome.probability() * value;
            square += outcome.probability() * value * value;
        }
        return new Expectation(mean, square - mean * mean);
    }

    /** Mean weight of a slate. */
    static double weight(List<SlateWorld.Outcome> outcomes) {
        double mean = 0;
        for (SlateWorld.Outcome outcome : outcomes) {
            mean += outcome.probability() * overlap(outcome).meanWeight();
        }
        return mean;
    }

    /** Mean probability of choices that are never logged. */
    static double unsupported(List<SlateWorld.Outcome> outcomes) {
        double mean = 0;
        for (SlateWorld.Outcome outcome : outcomes) {
            mean += outcome.probability() * overlap(outcome).unsupported();
        }
        return mean;
    }

    private static Overlap overlap(SlateWorld.Outcome outcome) {
        OffPolicyAccumulator one = new OffPolicyAccumulator();
        one.add(outcome.slate());
        return one.overlap();
    }
}
