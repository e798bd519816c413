package dev.kombo.learning;

/**
 * The user's half of a step of stochastic gradient descent on a biased matrix factorisation (Koren, Bell, Volinsky:
 * Matrix Factorization Techniques for Recommender Systems, IEEE Computer 2009).
 *
 * <p>With score s = p.q + b, error e = weight * dLoss/ds and regularisation r:
 *
 * <pre>
 *   p     &larr; p - userRate * (clip(e * q) + r * p)
 *   dq    =  clip(e * p)     before p moves
 *   db    =  clip(e)
 * </pre>
 *
 * where clip shortens to {@link SgdSettings#gradientNorm()}. The penalty on q and b is added by
 * {@link ItemFactorLearner}, which owns them. Nothing here allocates.
 *
 * <p>Since clipping bounds every step, a finite p stays finite. A step that starts from anything else (NaN or infinity
 * in a vector, the bias, the label or the weight; a label outside [0, 1]; a negative weight; a squared error beyond
 * the range of float) is dropped: p stays as it was, and the result says so, to be counted.
 */
public final class UserFactorLearner {
    private final SgdSettings settings;

    /** A learner; holds nothing but the settings. */
    public UserFactorLearner(SgdSettings settings) {
        this.settings = settings;
    }

    /**
     * Learns from one interaction.
     *
     * @param p user vector, updated in place
     * @param q target vector, only read
     * @param bias target bias
     * @param label how much the target was wanted, in [0, 1]
     * @param weight how much the interaction counts, at least 0
     * @param out set to the clipped gradient for the target's owner; left alone where the step is dropped
     * @return false where the step was dropped
     */
    public boolean step(float[] p, float[] q, float bias, float label, float weight, Gradient out) {
        float error = error(p, q, bias, label, weight);
        double userNorm = Factors.norm(p);
        double targetNorm = Factors.norm(q);
        if (!Float.isFinite(error) || !Double.isFinite(userNorm) || !Double.isFinite(targetNorm)) {
            return false;
        }
        float limit = settings.gradientNorm();
        out.set(clipped(error, userNorm), p, Math.max(-limit, Math.min(limit, error)));
        move(p, q, clipped(error, targetNorm));
        return true;
    }

    /**
     * Learns again from an interaction of the past: moves p only, and sends nothing to the target.
     *
     * @param weight how much the interaction counts, at least 0
     * @return false where the step was dropped
     */
    public boolean replay(float[] p, float[] q, float bias, float label, float weight) {
        float error = error(p, q, bias, label, weight);
        double targetNorm = Factors.norm(q);
        if (!Float.isFinite(error) || !Double.isFinite(targetNorm) || !Factors.allFinite(p)) {
            return false;
        }
        move(p, q, clipped(error, targetNorm));
        return true;
    }

    private float error(float[] p, float[] q, float bias, float label, float weight) {
        boolean valid = label >= 0 && label <= 1 && weight >= 0;
        return valid ? weight * settings.loss().derivative(Factors.dot(p, q) + bias, label) : Float.NaN;
    }

    /** The error, reduced so that error * vector is no longer than the limit. */
    private float clipped(float error, double vectorNorm) {
        double length = Math.abs(error) * vectorNorm;
        return length > settings.gradientNorm() ? (float) (error * (settings.gradientNorm() / length)) : error;
    }

    private void move(float[] p, float[] q, float error) {
        float rate = settings.userRate();
        float keep = 1 - rate * settings.regularization();
        float scale = rate * error;
        for (int k = 0; k < p.length; k++) {
            p[k] = keep * p[k] - scale * q[k];
        }
    }
}
