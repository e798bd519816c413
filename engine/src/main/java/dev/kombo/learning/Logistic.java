package dev.kombo.learning;

/** The logistic function and its loss, stable for scores of any size. */
public final class Logistic {
    private Logistic() {}

    /** 1 / (1 + e^-score), in [0, 1]; NaN for NaN. */
    public static double sigmoid(double score) {
        if (score >= 0) {
            return 1 / (1 + Math.exp(-score));
        }
        double odds = Math.exp(score);
        return odds / (1 + odds);
    }

    /**
     * Cross entropy of a label in [0, 1] under sigmoid(score): ln(1 + e^score) - label * score, written so that the
     * exponent never overflows.
     */
    public static double logLoss(double score, double label) {
        return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - label * score;
    }
}
