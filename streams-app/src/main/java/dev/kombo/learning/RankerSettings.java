package dev.kombo.learning;

/**
 * Settings of {@link LinearRankerTrainer}.
 *
 * @param rate step size of Adam, in (0, 1]
 * @param regularization penalty on the distance from the prior weights, in [0, 10]
 * @param gradientNorm longest gradient of a mini-batch, in (0, 1000]
 * @param batch examples a step, 1 to 10 000
 * @param window examples over which the moving log loss looks back, 10 to 10 000 000
 * @param divergence how many times the best moving loss counts as diverged, in (1, 100]
 */
public record RankerSettings(
        float rate, float regularization, float gradientNorm, int batch, int window, float divergence) {

    /** Refuses values out of range. */
    public RankerSettings {
        Settings.requirePositive("rate", rate, 1);
        Settings.requireRange("regularization", regularization, 0.0, 10.0);
        Settings.requirePositive("gradientNorm", gradientNorm, 1000);
        Settings.requireRange("batch", batch, 1, 10_000);
        Settings.requireRange("window", window, 10, 10_000_000);
        Settings.requireRange("divergence", divergence, Math.nextUp(1.0f), 100.0);
    }

    /** Rate .01, penalty 1e-4, mini-batches of 32, a window of 2000, diverged at 1.5 times the best loss. */
    public static RankerSettings defaults() {
        return new RankerSettings(0.01f, 1e-4f, 5f, 32, 2000, 1.5f);
    }
}
