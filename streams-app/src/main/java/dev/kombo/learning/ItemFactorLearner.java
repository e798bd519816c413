package dev.kombo.learning;

/**
 * The target's half of a step: AdaGrad (Duchi, Hazan, Singer: Adaptive Subgradient Methods, JMLR 2011) on the
 * gradients that user tasks send, with the L2 penalty added here.
 *
 * <pre>
 *   g &larr; gradient + regularization * q
 *   G &larr; G + g^2
 *   q &larr; q - itemRate * g / sqrt(G + {@value #DAMPING})
 * </pre>
 *
 * a factor; the bias likewise. The damping keeps the first steps, which know nothing of the gradient's scale, from
 * being as long as itemRate * sqrt(factors).
 *
 * <p>Many users send gradients taken at the same, stale, published vector. Were all of them applied in full, a hot
 * item would overshoot. So the steps between two publications may add up to at most {@link SgdSettings#flushNorm()}
 * (bias included); what goes beyond is not applied, though it still counts in G.
 */
public final class ItemFactorLearner {
    static final float DAMPING = 0.01f;

    private final SgdSettings settings;

    /** A learner; holds nothing but the settings. */
    public ItemFactorLearner(SgdSettings settings) {
        this.settings = settings;
    }

    /**
     * Applies a gradient.
     *
     * @param state updated in place; not touched where the update is dropped
     * @param gradient with respect to the vector, of the same length; only read
     * @param biasGradient with respect to the bias
     * @param firstSincePublication true where nothing was applied since the target was last published
     * @return false where the update was dropped, because something in it would not be finite
     */
    public boolean apply(ItemFactors state, float[] gradient, float biasGradient, boolean firstSincePublication) {
        if (gradient.length != state.vector().length) {
            throw new IllegalArgumentException(
                    "gradient of " + gradient.length + " for " + state.vector().length + " factors");
        }
        float bias = biasGradient + settings.regularization() * state.bias();
        float biasSquared = state.biasSquaredGradient() + bias * bias;
        float biasStep = step(bias, biasSquared);
        double length = Math.sqrt(squaredStepLength(state, gradient) + (double) biasStep * biasStep);
        if (!Double.isFinite(length) || !Float.isFinite(biasSquared)) {
            return false;
        }
        float before = firstSincePublication ? 0f : state.moved();
        double allowed = Math.max(0, settings.flushNorm() - before);
        float scale = length > allowed ? (float) (allowed / length) : 1f;
        move(state, gradient, scale);
        state.setBias(state.bias() - scale * biasStep, biasSquared);
        state.setMoved((float) Math.min(settings.flushNorm(), before + length));
        return true;
    }

    /** Squared length of the step of the vector; NaN where the vector or an accumulator would not stay finite. */
    private double squaredStepLength(ItemFactors state, float[] gradient) {
        float[] vector = state.vector();
        float[] squared = state.squaredGradients();
        float regularization = settings.regularization();
        double sum = 0;
        double accumulated = 0;
        for (int k = 0; k < vector.length; k++) {
            float g = gradient[k] + regularization * vector[k];
            float newSquared = squared[k] + g * g;
            float step = step(g, newSquared);
            accumulated += newSquared;
            sum += (double) step * step;
        }
        return Double.isFinite(accumulated) && Factors.allFinite(vector) ? sum : Double.NaN;
    }

    private void move(ItemFactors state, float[] gradient, float scale) {
        float[] vector = state.vector();
        float[] squared = state.squaredGradients();
        float regularization = settings.regularization();
        for (int k = 0; k < vector.length; k++) {
            float g = gradient[k] + regularization * vector[k];
            squared[k] += g * g;
            vector[k] -= scale * step(g, squared[k]);
        }
    }

    private float step(float gradient, float squaredGradient) {
        return settings.itemRate() * gradient / (float) Math.sqrt(squaredGradient + DAMPING);
    }
}
