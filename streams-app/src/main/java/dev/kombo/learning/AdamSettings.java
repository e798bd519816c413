package dev.kombo.learning;

/**
 * Settings of the optimiser of {@link NetworkTrainer}.
 *
 * @param rate highest step size for the deep part, in (0, 1]
 * @param wideRate highest step size for the linear part, in [0, 1]; 0 keeps the prior
 * @param warmUp steps over which the step size grows to its highest, 1 to 1 000 000; it then falls with the inverse
 *     square root of the steps
 * @param floor share of the highest step size below which it never falls after the warm-up, in (0, 1]: a stream never
 *     ends, so learning never stops
 * @param gradientNorm longest gradient of a mini-batch, in (0, 1000]
 */
public record AdamSettings(float rate, float wideRate, int warmUp, float floor, float gradientNorm) {

    /** Refuses values out of range. */
    public AdamSettings {
        Settings.requirePositive("rate", rate, 1);
        Settings.requireRange("wideRate", wideRate, 0.0, 1.0);
        Settings.requireRange("warmUp", warmUp, 1, 1_000_000);
        Settings.requirePositive("floor", floor, 1);
        Settings.requirePositive("gradientNorm", gradientNorm, 1000);
    }

    /** Step sizes up to .001 (deep) and .003 (linear), a warm-up of 100 steps, then down to a fifth; norm 5. */
    public static AdamSettings defaults() {
        return new AdamSettings(0.001f, 0.003f, 100, 0.2f, 5f);
    }

    /**
     * Share of the highest step size at a step, in (0, 1]: a linear warm-up, then the inverse square root (Vaswani et
     * al.: Attention Is All You Need, 2017), no lower than the floor.
     *
     * @param step 1 for the first
     */
    double schedule(long step) {
        return step <= warmUp ? (double) step / warmUp : Math.max(floor, Math.sqrt((double) warmUp / step));
    }
}
