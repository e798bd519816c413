package dev.kombo.learning;

/**
 * Online logistic regression over standardised signals, by Adam (Kingma, Ba: Adam, ICLR 2015) on mini-batches.
 *
 * <p>The loss of a mini-batch of weighted examples is their mean {@code weight * logLoss(w.x + b, label)} plus
 * {@code regularization / 2 * |w - prior|^2}: a Gaussian prior around the weights it starts from, so that what is good
 * on day one is left only for evidence. The intercept is not penalised.
 *
 * <p>Every example is first predicted, then learned from; the moving mean of those log losses is an honest estimate of
 * the loss on what comes next (prequential error: Dawid 1984). Every {@link RankerSettings#window} examples is a
 * checkpoint. When the moving loss exceeds {@link RankerSettings#divergence} times the best at a checkpoint, the
 * weights have diverged, or the world has changed: the last good weights return, and the comparison starts anew, so a
 * changed world is accepted as the new normal.
 */
public final class LinearRankerTrainer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final RankerSettings settings;
    private final float[] prior;

    /** What became of an example. */
    public enum Outcome {
        /** Waits in the open mini-batch; the weights are as they were. */
        COLLECTED,
        /** Closed a mini-batch: the weights have moved. */
        STEPPED,
        /** Was not finite or out of range, or closed a mini-batch whose step would not be finite. */
        DROPPED,
        /** Showed that the weights had diverged: the last good ones are back. */
        RESTORED
    }

    /**
     * A trainer.
     *
     * @param prior weights it is drawn towards: one a signal, then the intercept; copied
     */
    public LinearRankerTrainer(RankerSettings settings, float[] prior) {
        if (prior.length == 0 || !Factors.allFinite(prior)) {
            throw new IllegalArgumentException("prior must hold an intercept and be finite");
        }
        this.settings = settings;
        this.prior = prior.clone();
    }

    /** A state that starts from the prior. */
    public RankerState start() {
        return RankerState.of(prior);
    }

    /** The logit of signals under weights that have one more component, the intercept, at the end. */
    public static float logit(float[] weights, float[] signals) {
        if (weights.length != signals.length + 1) {
            throw new IllegalArgumentException(signals.length + " signals for " + weights.length + " weights");
        }
        float sum = weights[signals.length];
        for (int i = 0; i < signals.length; i++) {
            sum += weights[i] * signals[i];
        }
        return sum;
    }

    /**
     * Predicts, measures, then learns from an example.
     *
     * @param state of as many weights as the prior; updated in place
     * @param signals standardised signals, one less than weights; only read
     * @param label in [0, 1]
     * @param weight how much the example counts, at least 0
     */
    public Outcome learn(RankerState state, float[] signals, float label, float weight) {
        if (state.size() != prior.length) {
            throw new IllegalArgumentException(state.size() + " weights for a prior of " + prior.length);
        }
        float logit = logit(state.weights(), signals);
        boolean valid = label >= 0 && label <= 1 && weight >= 0 && Float.isFinite(weight);
        if (!valid || !Float.isFinite(logit) || !Factors.allFinite(signals)) {
            state.countDropped();
            return Outcome.DROPPED;
        }
        state.measure(Logistic.logLoss(logit, label), settings.window());
        if (diverged(state)) {
            state.restoreGood();
            return Outcome.RESTORED;
        }
        checkpoint(state);
        collect(state, signals, weight * (float) (Logistic.sigmoid(logit) - label));
        if (state.open() < settings.batch()) {
            return Outcome.COLLECTED;
        }
        boolean stepped = step(state);
        state.closeBatch();
        if (!stepped) {
            state.countDropped();
        }
        return stepped ? Outcome.STEPPED : Outcome.DROPPED;
    }

    private boolean diverged(RankerState state) {
        return state.measured() >= settings.window() && state.logLoss() > settings.divergence() * state.bestLoss();
    }

    /** Keeps the weights as good unless the loss is on its way to divergence. */
    private void checkpoint(RankerState state) {
        if (state.measured() >= settings.window() && state.examples() % settings.window() == 0) {
            if (state.logLoss() <= (1 + settings.divergence()) / 2 * state.bestLoss()) {
                state.keepGood();
            }
            state.keepBest();
        }
    }

    private static void collect(RankerState state, float[] signals, float error) {
        float[] row = state.moments();
        for (int i = 0; i < signals.length; i++) {
            row[state.gradient(i)] += error * signals[i];
        }
        row[state.gradient(signals.length)] += error;
        state.countOpen();
    }

    /** One step of Adam on the mean gradient of the open mini-batch; false and no change where it is not finite. */
    private boolean step(RankerState state) {
        float[] gradient = meanGradient(state);
        if (!Factors.allFinite(gradient)) {
            return false;
        }
        Factors.clipNorm(gradient, settings.gradientNorm());
        state.countStep();
        float[] row = state.moments();
        float[] weights = state.weights();
        double correction1 = 1 - Math.pow(BETA1, state.steps());
        double correction2 = 1 - Math.pow(BETA2, state.steps());
        for (int i = 0; i < gradient.length; i++) {
            double first = BETA1 * row[state.firstMoment(i)] + (1 - BETA1) * gradient[i];
            double second = BETA2 * row[state.secondMoment(i)] + (1 - BETA2) * gradient[i] * gradient[i];
            row[state.firstMoment(i)] = (float) first;
            row[state.secondMoment(i)] = (float) second;
            weights[i] -=
                    (float) (settings.rate() * (first / correction1) / (Math.sqrt(second / correction2) + EPSILON));
        }
        return true;
    }

    /** Gradient of the loss of the open mini-batch, penalty included. */
    float[] meanGradient(RankerState state) {
        float[] row = state.moments();
        float[] weights = state.weights();
        float[] gradient = new float[state.size()];
        int intercept = gradient.length - 1;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = row[state.gradient(i)] / state.open();
        }
        for (int i = 0; i < intercept; i++) {
            gradient[i] += settings.regularization() * (weights[i] - prior[i]);
        }
        return gradient;
    }
}
