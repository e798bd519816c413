package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import dev.kombo.experiment.uplift.ArmMoments;
import java.util.Arrays;

/**
 * The doubly robust estimate with shrunk weights: a slate's weight W becomes λ W / (W² + λ), at most √λ / 2 (Su,
 * Dimakopoulou, Krishnamurthy, Dudík, ICML 2020). A small λ trusts the model, a large one the weights. As λ depends on
 * the effective sample size, which is known at the end, sums are kept for several λ. Not thread-safe.
 */
final class ShrunkWeights {
    /** The λ: powers of 4. */
    private static final int SHRINKAGES = 10;

    /** Effective slates for which λ grows by 1. */
    private static final double SLATES_PER_UNIT = 20;

    private final ArmMoments[] moments = new ArmMoments[SHRINKAGES];

    ShrunkWeights() {
        Arrays.fill(moments, ArmMoments.NONE);
    }

    void add(double weight, double reward, Prediction prediction) {
        double shrinkage = 1;
        for (int s = 0; s < SHRINKAGES; s++) {
            double shrunk = shrinkage * weight / (weight * weight + shrinkage);
            moments[s] = moments[s].plus(prediction.expected() + shrunk * (reward - prediction.shown()), shrunk);
            shrinkage *= 4;
        }
    }

    /** The values per slate with the λ next to a twentieth of the effective sample size. */
    ArmMoments at(double effectiveSampleSize) {
        double power = Math.log(effectiveSampleSize / SLATES_PER_UNIT) / Math.log(4);
        return moments[(int) Math.max(0, Math.min(SHRINKAGES - 1, Math.round(power)))];
    }
}
