package dev.kombo.ranking.signals;

import java.util.Arrays;

/**
 * Standardises a signal to mean 0 and standard deviation 1 over one shopper's candidates: z = (x - mean) / sd. Beyond
 * {@value #KNEE} on either side it grows as a logarithm, and it ends at {@value #CLIP}: most signals have a long tail
 * from whose end slates are chosen, and a bound alone would make the best candidates equal. Candidates of one shopper
 * are used, not all shoppers, because ranking depends on differences among the bundles that one shopper could get:
 * global standardisation lost a quarter of the recall in measurements.
 */
public final class Standardizer {
    /** Largest absolute value. */
    static final float CLIP = 15f;

    /** Absolute value above which it grows as a logarithm. */
    private static final float KNEE = 10f;

    /** A spread below this share of the mean is rounding: the signal counts as constant. */
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
    public static boolean standardize(float[] raw, float[] standardized, int count) {
        double pivot = count == 0 ? 0 : raw[0];
        int pairs = count & ~1;
        double sum0 = 0;
        double sum1 = 0;
        double squares0 = 0;
        double squares1 = 0;
        for (int c = 0; c < pairs; c += 2) {
            double distance0 = raw[c] - pivot;
            double distance1 = raw[c + 1] - pivot;
            sum0 += distance0;
            sum1 += distance1;
            squares0 += distance0 * distance0;
            squares1 += distance1 * distance1;
        }
        if (pairs < count) {
            double distance = raw[pairs] - pivot;
            sum0 += distance;
            squares0 += distance * distance;
        }
        double shift = (sum0 + sum1) / count;
        double mean = pivot + shift;
        double deviation = Math.sqrt(Math.max(0, (squares0 + squares1) / count - shift * shift));
        if (!(deviation > CONSTANT * Math.abs(mean))
                || !(deviation > Float.MIN_NORMAL)
                || Double.isInfinite(deviation)) {
            Arrays.fill(standardized, 0, count, 0f);
            return false;
        }
        float center = (float) mean;
        float scale = (float) (1 / deviation);
        for (int c = 0; c < count; c++) {
            standardized[c] = (raw[c] - center) * scale;
        }
        // Of so few values, none is further than sqrt(count - 1) deviations away (Samuelson, JASA 63, 1968).
        for (int c = 0; c < count && count > KNEE * KNEE; c++) {
            float beyond = Math.abs(standardized[c]) - KNEE;
            if (beyond > 0) {
                standardized[c] = Math.copySign(Math.min(CLIP, KNEE + (float) Math.log1p(beyond)), standardized[c]);
            }
        }
        return true;
    }
}
