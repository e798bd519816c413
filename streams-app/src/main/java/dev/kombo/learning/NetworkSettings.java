package dev.kombo.learning;

/**
 * Settings of {@link NetworkTrainer}.
 *
 * @param objective what is minimised
 * @param adam step sizes
 * @param l2 penalty on the size of the deep weights, biases aside, in [0, 10]
 * @param wideL2 penalty on the distance of the linear weights from the prior, the intercept aside, in [0, 10]
 * @param batch examples a step, 1 to 10 000
 * @param window examples over which the moving loss and the calibration look back, 10 to 10 000 000
 * @param divergence how many times the best moving loss counts as diverged, in (1, 100]
 */
public record NetworkSettings(
        Objective objective, AdamSettings adam, float l2, float wideL2, int batch, int window, float divergence) {

    /** Refuses values out of range. */
    public NetworkSettings {
        Settings.requireRange("l2", l2, 0.0, 10.0);
        Settings.requireRange("wideL2", wideL2, 0.0, 10.0);
        Settings.requireRange("batch", batch, 1, 10_000);
        Settings.requireRange("window", window, 10, 10_000_000);
        Settings.requireRange("divergence", divergence, Math.nextUp(1.0f), 100.0);
    }

    /** Log loss, penalties 1e-5 and 1e-4, mini-batches of 32, a window of 2000, diverged at 1.5 times the best. */
    public static NetworkSettings defaults() {
        return new NetworkSettings(Objective.LOGISTIC, AdamSettings.defaults(), 1e-5f, 1e-4f, 32, 2000, 1.5f);
    }
}
