package dev.kombo.experiment.offpolicy;

/**
 * Predicted rewards for the doubly robust estimates. The model must not have learned from the slate that it predicts. A
 * wrong model adds variance but no bias, as long as both numbers come from the same model.
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
            throw new IllegalArgumentException("a prediction is not finite: shown " + shown + ", expected " + expected);
        }
    }
}
