package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFactorLearnerTest {
    private static final int FACTORS = 7;
    private static final float RATE = 0.05f;
    private static final float L2 = 0.1f;
    private static final float BIAS = 0.3f;
    private static final float LABEL = 1f;
    private static final float WEIGHT = 0.7f;

    private final Gradient gradient = new Gradient(FACTORS);
    private float[] p;
    private float[] q;

    @BeforeEach
    void vectors() {
        p = Factors.initial("u", 1, FACTORS);
        q = Factors.initial("i", 1, FACTORS);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void shouldFollowTheNumericGradientOfLossAndPenalty(Loss loss) {
        UserFactorLearner learner = new UserFactorLearner(settings(loss, 1000f));
        float[] before = p.clone();
        assertThat(learner.step(p, q, BIAS, LABEL, WEIGHT, gradient)).isTrue();
        for (int k = 0; k < FACTORS; k++) {
            int factor = k;
            double byUser = slope(h -> objective(loss, shifted(before, factor, h), q, BIAS, before[factor] + h));
            double byTarget = slope(h -> objective(loss, before, shifted(q, factor, h), BIAS, 0));
            assertThat((before[k] - p[k]) / RATE).isCloseTo((float) byUser, within(2e-4f));
            assertThat(gradient.factors()[k]).isCloseTo((float) byTarget, within(2e-4f));
        }
        double byBias = slope(h -> objective(loss, before, q, BIAS + h, 0));
        assertThat(gradient.bias()).isCloseTo((float) byBias, within(2e-4f));
    }

    @Test
    void shouldClipWhatItSendsAndWhatItApplies() {
        UserFactorLearner learner = new UserFactorLearner(settings(Loss.SQUARED, 0.01f));
        float[] before = p.clone();
        assertThat(learner.step(p, q, BIAS, 0f, 100f, gradient)).isTrue();
        assertThat(Factors.norm(gradient.factors())).isCloseTo(0.01, within(1e-6));
        assertThat(Math.abs(Factors.cosine(gradient.factors(), before))).isCloseTo(1f, within(1e-5f));
        assertThat(Math.abs(gradient.bias())).isEqualTo(0.01f);
        float[] movement = before.clone();
        Factors.addScaled(movement, -1, p);
        assertThat(Factors.norm(movement)).isLessThanOrEqualTo(RATE * (0.01 + L2 * Factors.norm(before)) + 1e-7);
    }

    @Test
    void shouldMoveTheUserAlikeInAReplay() {
        UserFactorLearner learner = new UserFactorLearner(settings(Loss.LOGISTIC, 1f));
        float[] replayed = p.clone();
        float[] target = q.clone();
        learner.step(p, q, BIAS, LABEL, 1f, gradient);
        assertThat(learner.replay(replayed, q, BIAS, LABEL, 1f)).isTrue();
        assertThat(replayed).isEqualTo(p);
        assertThat(q).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldDropTheStepWhenAnInputIsNotFinite(float bad) {
        UserFactorLearner learner = new UserFactorLearner(settings(Loss.LOGISTIC, 1f));
        float[] badVector = q.clone();
        badVector[3] = bad;
        float[] badUser = p.clone();
        badUser[6] = bad;
        float[] badUserBefore = badUser.clone();
        float[] before = p.clone();
        learner.step(p.clone(), q, BIAS, LABEL, 1f, gradient);
        float[] sent = gradient.factors().clone();
        assertThat(learner.step(p, badVector, BIAS, LABEL, 1f, gradient)).isFalse();
        assertThat(learner.step(badUser, q, BIAS, LABEL, 1f, gradient)).isFalse();
        assertThat(learner.step(p, q, BIAS, bad, 1f, gradient)).isFalse();
        assertThat(learner.step(p, q, BIAS, LABEL, bad, gradient)).isFalse();
        assertThat(learner.replay(p, badVector, BIAS, LABEL, 1f)).isFalse();
        assertThat(learner.replay(badUser, q, BIAS, LABEL, 1f)).isFalse();
        assertThat(p).isEqualTo(before);
        assertThat(badUser).isEqualTo(badUserBefore);
        assertThat(gradient.factors()).isEqualTo(sent);
    }

    @Test
    void shouldDropTheStepWhenLabelOrWeightIsOutOfRange() {
        UserFactorLearner learner = new UserFactorLearner(settings(Loss.LOGISTIC, 1f));
        float[] before = p.clone();
        assertThat(learner.step(p, q, BIAS, 1.1f, 1f, gradient)).isFalse();
        assertThat(learner.step(p, q, BIAS, -0.1f, 1f, gradient)).isFalse();
        assertThat(learner.step(p, q, BIAS, 1f, -1f, gradient)).isFalse();
        assertThat(p).isEqualTo(before);
    }

    @Test
    void shouldStayFiniteFromTheLargestVectors() {
        UserFactorLearner learner = new UserFactorLearner(settings(Loss.LOGISTIC, 1f));
        p[0] = Float.MAX_VALUE;
        q[1] = -Float.MAX_VALUE;
        assertThat(learner.step(p, q, 0, 1f, 1f, gradient)).isTrue();
        assertThat(Factors.allFinite(p)).isTrue();
        assertThat(Factors.norm(gradient.factors())).isLessThanOrEqualTo(1.0001);
    }

    private static SgdSettings settings(Loss loss, float gradientNorm) {
        return new SgdSettings(FACTORS, RATE, 0.05f, L2, loss, gradientNorm, 1f);
    }

    /** Weighted loss, and the penalty on the one user factor that is varied. */
    private static double objective(Loss loss, float[] user, float[] target, double bias, double factor) {
        double score = bias;
        for (int k = 0; k < FACTORS; k++) {
            score += (double) user[k] * target[k];
        }
        return WEIGHT * loss.value((float) score, LABEL) + L2 * factor * factor / 2;
    }

    private static float[] shifted(float[] vector, int factor, double by) {
        float[] shifted = vector.clone();
        shifted[factor] += (float) by;
        return shifted;
    }

    private static double slope(java.util.function.DoubleUnaryOperator function) {
        double h = 1e-2;
        return (function.applyAsDouble(h) - function.applyAsDouble(-h)) / (2 * h);
    }
}
