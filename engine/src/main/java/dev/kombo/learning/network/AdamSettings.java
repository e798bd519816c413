package dev.kombo.learning.network;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of the optimiser of {@link NetworkTrainer}. */
public record AdamSettings(float rate, float wideRate, int warmUp, float gradientNorm) {
    public static final Setting<Double> LEARNING_RATE = Setting.ofDouble(
                    "kombo.ranker.learning.rate", 0.003, between(1e-6, 1.0))
            .low("Highest learning rate of the ranker's network (Adam).");
    public static final Setting<Double> WIDE_LEARNING_RATE = Setting.ofDouble(
                    "kombo.ranker.wide.learning.rate", 0.003, between(0.0, 1.0))
            .low("Highest learning rate of the weights of the signals; 0 keeps the initial weights.");
    public static final Setting<Integer> WARM_UP_STEPS = Setting.ofInt(
                    "kombo.ranker.warm.up.steps", 100, between(1, 1_000_000))
            .low("Steps over which the learning rate grows to its highest; it then falls with the square root"
                    + " of the steps.");
    public static final Setting<Double> GRADIENT_CLIP_NORM = Setting.ofDouble(
                    "kombo.ranker.gradient.clip.norm", 5, between(0.001, 1000.0))
            .low("Norm to which the gradient of a training step is clipped.");

    /** Least share of the highest step size: a stream never ends, so learning never stops. */
    private static final double FLOOR = 0.2;

    /** Reads the settings. */
    public static AdamSettings of(SettingValues values) {
        return new AdamSettings(
                values.get(LEARNING_RATE).floatValue(),
                values.get(WIDE_LEARNING_RATE).floatValue(),
                values.get(WARM_UP_STEPS),
                values.get(GRADIENT_CLIP_NORM).floatValue());
    }

    /**
     * Share of the highest step size at a step, in (0, 1]: a linear warm-up, then the inverse square root (Vaswani et
     * al.: Attention Is All You Need, 2017), no lower than the floor.
     *
     * @param step 1 for the first
     */
    double schedule(long step) {
        return step <= warmUp ? (double) step / warmUp : Math.max(FLOOR, Math.sqrt((double) warmUp / step));
    }
}
