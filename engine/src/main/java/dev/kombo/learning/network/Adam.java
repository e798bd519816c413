package dev.kombo.learning.network;

/** The Adam optimiser with bias-corrected moments (Kingma, Ba: Adam, ICLR 2015). */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    private final float[] first;
    private final float[] second;

    /** Creates an optimiser over the moments of the gradients and of their squares as left by the step before; kept. */
    Adam(float[] first, float[] second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Moves the weights from one index to another (exclusive) in place.
     *
     * @param step 1 for the first since the moments were 0
     * @param rate step size
     */
    void step(float[] weights, float[] gradient, int from, int to, long step, double rate) {
        float keep1 = (float) BETA1;
        float keep2 = (float) BETA2;
        float take1 = (float) (1 - BETA1);
        float take2 = (float) (1 - BETA2);
        float scale = (float) (rate / (1 - Math.pow(BETA1, (double) step)));
        float correction2 = (float) (1 / (1 - Math.pow(BETA2, (double) step)));
        for (int i = from; i < to; i++) {
            first[i] = keep1 * first[i] + take1 * gradient[i];
            second[i] = keep2 * second[i] + take2 * gradient[i] * gradient[i];
            weights[i] -= scale * first[i] / ((float) Math.sqrt(second[i] * correction2) + EPSILON);
        }
    }
}
