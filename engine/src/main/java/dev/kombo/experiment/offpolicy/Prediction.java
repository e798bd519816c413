package dev.kombo.experiment.offpolicy;

/**
 * What a model of rewards says, for the doubly robust estimates. The model must not have learned from the slate it is
 * asked about. A wrong model costs variance, never truth, as long as both numbers come from the same model.
 *
 * @param shown prediction for what was shown
 * @param expected mean of the prediction over what the candidate policy would show in its place
 */
public record Prediction(double shown, double expected) {
    /** No model: the doubly robust estimates are then those without a model. */
    public static final Prediction NONE = new Prediction(0, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public Prediction {
        if (!Double.isFinite(shown) || !Double.isFinite(expected)) {
            throw new IllegalArgumentException("a prediction is not finite: shown " + shown + ", expected " + expected);
        }
    }
}
