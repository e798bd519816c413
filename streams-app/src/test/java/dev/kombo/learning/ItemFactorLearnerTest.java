package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFactorLearnerTest {
    private static final float RATE = 0.1f;
    private static final float L2 = 0.5f;

    @Test
    void shouldStepAsAdaGradByHand() {
        ItemFactorLearner learner = new ItemFactorLearner(settings(1000f));
        ItemFactors state = new ItemFactors(new float[] {0.2f, -0.4f}, new float[] {0.03f, 0f}, 1f, 0f, 0f);
        assertThat(learner.apply(state, new float[] {0.1f, 0.2f}, -0.3f, true)).isTrue();
        // g = (0.1 + 0.5 * 0.2, 0.2 - 0.5 * 0.4) = (0.2, 0); G = (0.07, 0); step = 0.1 * 0.2 / sqrt(0.08)
        assertThat(state.squaredGradients()[0]).isCloseTo(0.07f, within(1e-6f));
        assertThat(state.vector()[0]).isCloseTo(0.2f - 0.0707107f, within(1e-6f));
        assertThat(state.vector()[1]).isEqualTo(-0.4f);
        // g = -0.3 + 0.5 * 1 = 0.2; G = 0.04; step = 0.1 * 0.2 / sqrt(0.05)
        assertThat(state.biasSquaredGradient()).isCloseTo(0.04f, within(1e-6f));
        assertThat(state.bias()).isCloseTo(1f - 0.0894427f, within(1e-6f));
        assertThat(state.moved()).isCloseTo((float) Math.hypot(0.0707107, 0.0894427), within(1e-6f));
    }

    @Test
    void shouldTakeSmallerStepsAsEvidenceGrows() {
        ItemFactorLearner learner = new ItemFactorLearner(settings(1000f));
        ItemFactors state = new ItemFactors(new float[1], new float[1], 0, 0, 0);
        float previous = Float.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            float before = state.vector()[0];
            learner.apply(state, new float[] {-0.5f - L2 * before}, 0, true);
            float step = state.vector()[0] - before;
            assertThat(step).isPositive().isLessThan(previous);
            previous = step;
        }
    }

    @Test
    void shouldMoveNoFurtherThanAllowedBetweenPublications() {
        ItemFactorLearner learner = new ItemFactorLearner(settings(0.2f));
        ItemFactors state = new ItemFactors(new float[4], new float[4], 0, 0, 0);
        float[] gradient = {-1, -1, -1, -1};
        learner.apply(state, gradient, -1, true);
        for (int i = 0; i < 20; i++) {
            assertThat(learner.apply(state, gradient, -1, false)).isTrue();
        }
        assertThat(Math.hypot(Factors.norm(state.vector()), state.bias())).isCloseTo(0.2, within(1e-5));
        assertThat(state.moved()).isEqualTo(0.2f);
        float[] published = state.vector().clone();
        float evidence = state.squaredGradients()[0];
        learner.apply(state, gradient, -1, false);
        assertThat(state.vector()).isEqualTo(published);
        assertThat(state.squaredGradients()[0]).isGreaterThan(evidence);
        learner.apply(state, gradient, -1, true);
        assertThat(state.vector()[0]).isGreaterThan(published[0]);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 3e38f})
    void shouldDropAnUpdateThatWouldNotStayFinite(float bad) {
        ItemFactorLearner learner = new ItemFactorLearner(settings(1f));
        ItemFactors state = new ItemFactors(new float[] {0.1f, 0.2f}, new float[] {1, 2}, 0.5f, 3, 0.25f);
        assertThat(learner.apply(state, new float[] {0.1f, bad}, 0.1f, true)).isFalse();
        assertThat(learner.apply(state, new float[] {0.1f, 0.1f}, bad, true)).isFalse();
        assertThat(state.vector()).containsExactly(0.1f, 0.2f);
        assertThat(state.squaredGradients()).containsExactly(1, 2);
        assertThat(state.bias()).isEqualTo(0.5f);
        assertThat(state.biasSquaredGradient()).isEqualTo(3);
        assertThat(state.moved()).isEqualTo(0.25f);
    }

    @Test
    void shouldRefuseGradientsOfAnotherLength() {
        ItemFactorLearner learner =
                new ItemFactorLearner(new SgdSettings(64, 0.05f, 0.3f, 0.02f, Loss.LOGISTIC, 1f, 1f));
        ItemFactors state = ItemFactors.initial(
                Factors.initial("i:1", 1, new SgdSettings(64, 0.05f, 0.3f, 0.02f, Loss.LOGISTIC, 1f, 1f).factors()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> learner.apply(state, new float[63], 0, true))
                .withMessage("gradient of 63 for 64 factors");
        assertThatIllegalArgumentException().isThrownBy(() -> new ItemFactors(new float[2], new float[3], 0, 0, 0));
    }

    private static SgdSettings settings(float flushNorm) {
        return new SgdSettings(2, 0.05f, RATE, L2, Loss.LOGISTIC, 1f, flushNorm);
    }
}
