package dev.kombo.experiment.offpolicy;

import java.util.List;

/**
 * A slate as drawn by the logging policy. Slates are independent of each other, and the candidate policy would have
 * filled as many ranks from the same pool.
 *
 * @param choices one per rank from the top, at least one
 * @param prediction of the reward of the slate: {@code shown} for this one, {@code expected} for the candidate policy's
 */
public record LoggedSlate(List<LoggedChoice> choices, Prediction prediction) {

    /**
     * Validates the slate.
     *
     * @throws IllegalArgumentException if there is no choice, or the product of the ratios is not finite
     */
    public LoggedSlate {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("a logged slate must have at least one choice");
        }
        double weight = 1;
        for (int rank = 0; rank < choices.size(); rank++) {
            weight *= choices.get(rank).ratio();
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("the weight of a slate is not finite at rank " + (rank + 1));
            }
        }
    }

    /** The candidate policy's probability of the slate over the logging policy's. */
    double weight() {
        double weight = 1;
        for (LoggedChoice choice : choices) {
            weight *= choice.ratio();
        }
        return weight;
    }

    /** The sum of the rewards of all ranks. */
    double reward() {
        double reward = 0;
        for (LoggedChoice choice : choices) {
            reward += choice.reward();
        }
        return reward;
    }

    /**
     * One rank of a logged slate: the choice that was drawn, given the ranks above it, and its reward.
     *
     * @param propensity probability of the choice under the logging policy, given the ranks above; above 0 up to 1
     * @param probability probability of the same choice under the candidate policy, given the same ranks above; 0 to 1
     * @param unsupported probability, given the same ranks above, that the candidate policy makes a choice which the
     *     logging policy makes with probability 0; 0 to 1 - {@code probability}. The log holds no rewards of such
     *     choices
     * @param reward the reward of the rank: 1 or 0 for a click or conversion, or revenue in minor units
     * @param prediction of the rewards of this rank and all below it, given the ranks above: {@code shown} for the
     *     choice, {@code expected} for the candidate policy's choice, in both cases with the ranks below chosen by the
     *     candidate policy
     */
    public record LoggedChoice(
            double propensity, double probability, double unsupported, double reward, Prediction prediction) {
        /** Tolerance for sums of probabilities. */
        private static final double ROUNDING = 1e-9;

        /**
         * Validates the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public LoggedChoice {
            Overlap.Limits.check(propensity > 0 && propensity <= 1, "propensity", "above 0 up to 1", propensity);
            Overlap.Limits.check(probability >= 0 && probability <= 1, "probability", "0 to 1", probability);
            Overlap.Limits.check(
                    unsupported >= 0 && unsupported <= 1 - probability + ROUNDING,
                    "unsupported",
                    "0 to 1 less the probability of the choice",
                    unsupported);
            Overlap.Limits.check(Double.isFinite(reward), "reward", "finite", reward);
        }

        /** The candidate policy's probability of this choice over the logging policy's; 0 or above. */
        double ratio() {
            return probability / propensity;
        }
    }

    /**
     * Predicted rewards for the doubly robust estimates. The model must not have learned from the slate that it
     * predicts. A wrong model adds variance but no bias, as long as both numbers come from the same model.
     *
     * @param shown prediction for what was shown
     * @param expected mean of the prediction over what the candidate policy would show instead
     */
    public record Prediction(double shown, double expected) {
        /** No model: the doubly robust estimates then equal those without a model. */
        public static final Prediction NONE = new Prediction(0, 0);

        /**
         * Validates the numbers.
         *
         * @throws IllegalArgumentException if one is not finite
         */
        public Prediction {
            if (!Double.isFinite(shown) || !Double.isFinite(expected)) {
                throw new IllegalArgumentException(
                        "a prediction is not finite: shown " + shown + ", expected " + expected);
            }
        }
    }
}
