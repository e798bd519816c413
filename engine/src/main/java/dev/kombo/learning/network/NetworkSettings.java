package dev.kombo.learning.network;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * Settings of {@link NetworkTrainer}.
 *
 * @param l2 penalty on the size of the deep weights, biases aside
 * @param wideL2 penalty on the distance of the linear weights from the prior, the intercept aside
 * @param batch examples per step
 */
public record NetworkSettings(Objective objective, AdamSettings adam, float l2, float wideL2, int batch) {
    public static final Setting<Objective> LOSS = Setting.ofChoice("kombo.ranker.loss", Objective.LOGISTIC)
            .low("What the ranker minimises: the log loss of each bundle, or the cross entropy of the chosen "
                    + "one among its negative samples.");
    public static final Setting<Double> REGULARIZATION = Setting.ofDouble(
                    "kombo.ranker.regularization", 1e-4, between(0.0, 10.0))
            .low("L2 penalty on the weights of the ranker's network.");
    public static final Setting<Double> WIDE_REGULARIZATION = Setting.ofDouble(
                    "kombo.ranker.wide.regularization", 1e-4, between(0.0, 10.0))
            .low("L2 penalty on the distance of the weights of the signals from the initial ones.");
    public static final Setting<Integer> BATCH_SIZE =
            Setting.ofInt("kombo.ranker.batch.size", 32, between(1, 10_000)).low("Fewest bundles per training step.");

    /** Reads the settings. */
    public static NetworkSettings of(SettingValues values) {
        return new NetworkSettings(
                values.get(LOSS),
                AdamSettings.of(values),
                values.get(REGULARIZATION).floatValue(),
                values.get(WIDE_REGULARIZATION).floatValue(),
                values.get(BATCH_SIZE));
    }
}
