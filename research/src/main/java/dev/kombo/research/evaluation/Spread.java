package dev.kombo.research.evaluation;

import java.util.List;

/**
 * Mean and standard deviation of a metric over several seeds.
 *
 * @param mean arithmetic mean
 * @param sd sample standard deviation (over n - 1); 0 for a single value, which has none
 * @param values one per seed, in the order of the seeds
 */
record Spread(double mean, double sd, List<Double> values) {
    /** Returns the spread of at least one finite value. */
    static Spread of(List<Double> values) {
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("expected finite values, found " + values);
        }
        double mean = values.stream().mapToDouble(value -> value).sum() / values.size();
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Spread(mean, values.size() == 1 ? 0 : Math.sqrt(squares / (values.size() - 1)), values);
    }
}
