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
        double mean = sum(raw, count) / count;
        double deviation = Math.sqrt(squares(raw, count, mean) / count);
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

    /** Over four independent sums: the JIT compiler may not reorder additions, and one sum would wait for itself. */
    private static double sum(float[] raw, int count) {
        int unrolled = count & ~3;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int c = 0; c < unrolled; c += 4) {
            sum0 += raw[c];
            sum1 += raw[c + 1];
            sum2 += raw[c + 2];
            sum3 += raw[c + 3];
        }
        for (int c = unrolled; c < count; c++) {
            sum0 += raw[c];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static double squares(float[] raw, int count, double mean) {
        int unrolled = count & ~3;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int c = 0; c < unrolled; c += 4) {
            double distance0 = raw[c] - mean;
            double distance1 = raw[c + 1] - mean;
            double distance2 = raw[c + 2] - mean;
            double distance3 = raw[c + 3] - mean;
            sum0 += distance0 * distance0;
            sum1 += distance1 * distance1;
            sum2 += distance2 * distance2;
            sum3 += distance3 * distance3;
        }
        for (int c = unrolled; c < count; c++) {
            sum0 += (raw[c] - mean) * (raw[c] - mean);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
