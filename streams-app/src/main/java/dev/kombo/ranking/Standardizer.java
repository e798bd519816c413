package dev.kombo.ranking;

import java.util.Arrays;

/**
 * Brings a signal to mean 0 and standard deviation 1 over one shopper's candidates: z = (x - mean) / sd, clipped to
 * {@value #CLIP} on both sides. Over the candidates of one shopper and not over all shoppers, because what ranks is the
 * difference among the bundles one shopper could get: global standardisation lost a quarter of the recall in
 * measurements.
 */
final class Standardizer {
    /** Largest absolute value. */
    static final float CLIP = 6f;

    /** A spread below this share of the mean is rounding: the signal is taken for constant. */
    private static final double CONSTANT = 1e-6;

    private Standardizer() {}

    /**
     * Standardises one signal.
     *
     * @param raw values as measured
     * @param standardized gets the result; all 0 where the signal is constant or not finite
     * @param count number of values
     * @return whether the signal varies
     */
    static boolean standardize(float[] raw, float[] standardized, int count) {
        double sum = 0;
        for (int c = 0; c < count; c++) {
            sum += raw[c];
        }
        double mean = sum / count;
        double squares = 0;
        for (int c = 0; c < count; c++) {
            double distance = raw[c] - mean;
            squares += distance * distance;
        }
        double deviation = Math.sqrt(squares / count);
        if (!(deviation > CONSTANT * Math.abs(mean))
                || !(deviation > Float.MIN_NORMAL)
                || Double.isInfinite(deviation)) {
            Arrays.fill(standardized, 0, count, 0f);
            return false;
        }
        float center = (float) mean;
        float scale = (float) (1 / deviation);
        for (int c = 0; c < count; c++) {
            standardized[c] = Math.max(-CLIP, Math.min(CLIP, (raw[c] - center) * scale));
        }
        return true;
    }
}
