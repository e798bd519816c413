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
public record NetworkSettings(AdamSettings adam, float l2, float wideL2, int batch) {
    /** Penalty on the size of the deep weights: small, since new examples come for ever, so that few repeat. */
    private static final float REGULARIZATION = 1e-4f;

    /** Bundles of a step: fewer make steps noisier, more make the ranker slower to follow what shoppers choose. */
    private static final int BATCH_SIZE = 32;

    public static final Setting<Double> WIDE_REGULARIZATION = Setting.ofDouble(
                    "kombo.ranker.wide.regularization", 1e-4, between(0.0, 10.0))
            .low("L2 penalty on the distance of the weights of the signals from the initial ones.");

    /** Reads the settings. */
    public static NetworkSettings of(SettingValues values) {
        return new NetworkSettings(
                AdamSettings.of(values),
                REGULARIZATION,
                values.get(WIDE_REGULARIZATION).floatValue(),
                BATCH_SIZE);
    }

    /** Settings of the optimiser of {@link NetworkTrainer}. */
    public record AdamSettings(float rate, float wideRate, int warmUp, float gradientNorm) {
        public static final Setting<Double> LEARNING_RATE = Setting.ofDouble(
                        "kombo.ranker.learning.rate", 0.003, between(1e-6, 1.0))
                .low("Highest learning rate of the ranker's network (Adam).");
        public static final Setting<Double> WIDE_LEARNING_RATE = Setting.ofDouble(
                        "kombo.ranker.wide.learning.rate", 0.003, between(0.0, 1.0))
                .low("Highest learning rate of the weights of the signals; 0 keeps the initial weights.");

        /** Steps over which the learning rate grows to its highest. */
        private static final int WARM_UP_STEPS = 100;

        /** Norm to which the gradient of a step is clipped. */
        private static final float GRADIENT_NORM = 5;

        /** Least share of the highest step size: a stream never ends, so learning never stops. */
        private static final double FLOOR = 0.2;

        /** Reads the settings. */
        public static AdamSettings of(SettingValues values) {
            return new AdamSettings(
                    values.get(LEARNING_RATE).floatValue(),
                    values.get(WIDE_LEARNING_RATE).floatValue(),
                    WARM_UP_STEPS,
                    GRADIENT_NORM);
        }

        /**
         * Share of the highest step size at a step, in (0, 1]: a linear warm-up, then the inverse square root (Vaswani
         * et al.: Attention Is All You Need, 2017), no lower than the floor.
         *
         * @param step 1 for the first
         */
        double schedule(long step) {
            return step <= warmUp ? (double) step / warmUp : Math.max(FLOOR, Math.sqrt((double) warmUp / step));
        }
    }
}
