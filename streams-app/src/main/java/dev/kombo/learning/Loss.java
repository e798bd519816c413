package dev.kombo.learning;

/** What a wrong score costs. */
public enum Loss {
    /** (score - label)^2 / 2, as in Koren, Bell, Volinsky: Matrix Factorization Techniques (IEEE Computer, 2009). */
    SQUARED {
        @Override
        public double value(float score, float label) {
            double error = (double) score - label;
            return error * error / 2;
        }

        @Override
        public float derivative(float score, float label) {
            return score - label;
        }
    },

    /** Cross entropy of the label under sigmoid(score), as in Johnson: Logistic Matrix Factorization (2014). */
    LOGISTIC {
        @Override
        public double value(float score, float label) {
            return Logistic.logLoss(score, label);
        }

        @Override
        public float derivative(float score, float label) {
            return (float) (Logistic.sigmoid(score) - label);
        }
    };

    /** The loss of a score, for a label in [0, 1]; never negative. */
    public abstract double value(float score, float label);

    /** The derivative of {@link #value} with respect to the score. */
    public abstract float derivative(float score, float label);
}
