package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BayesianLogisticTest {
    private static final double[] BELIEF = {-3, 0.5};
    private static final double[] DEVIATION = {1, 0.5};
    private static final double FOR_EVER = 1e12;

    private final BayesianLogistic model = new BayesianLogistic(BELIEF, DEVIATION, FOR_EVER, 8);

    @Test
    void shouldAnswerWhatWasBelievedBeforeThereIsEvidence() {
        assertThat(model.weights()).containsExactly(-3f, 0.5f);
        assertThat(model.deviation(0)).isCloseTo(1, within(1e-12));
        assertThat(model.deviation(1)).isCloseTo(0.5, within(1e-12));
    }

    /** With one example, linearised at the prior: precision + p (1 - p) x x', natural + x (y - p + p (1 - p) w x). */
    @Test
    void shouldTakeTheStepWorkedOutByHand() {
        double p = 1 / (1 + Math.exp(2));
        double h = p * (1 - p);
        assertThat(model.show(new float[] {1, 2}, 1)).isTrue();
        assertThat(model.accept(new float[] {1, 2}, 1)).isTrue();

        double a = 1 + h;
        double b = 2 * h;
        double d = 4 + 4 * h;
        double step = 1 - p + h * -2;
        double first = -3 + step;
        double second = 2 + 2 * step;
        double determinant = a * d - b * b;
        assertThat(model.weights()[0]).isCloseTo((float) ((d * first - b * second) / determinant), within(1e-6f));
        assertThat(model.weights()[1]).isCloseTo((float) ((a * second - b * first) / determinant), within(1e-6f));
        assertThat(model.deviation(0)).isCloseTo(Math.sqrt(d / determinant), within(1e-9));
    }

    @Test
    void shouldFindTheWeightsThatMadeTheLabels() {
        Random random = new Random(11);
        for (int i = 0; i < 60_000; i++) {
            float[] input = {1, (float) random.nextGaussian()};
            model.show(input, 1);
            if (random.nextDouble() < Logistic.sigmoid(-2 + 1.2 * input[1])) {
                model.accept(input, 1);
            }
        }
        assertThat(model.weights()[0]).isCloseTo(-2f, within(4 * (float) model.deviation(0)));
        assertThat(model.weights()[1]).isCloseTo(1.2f, within(4 * (float) model.deviation(1)));
        assertThat(model.deviation(1)).isLessThan(0.02);
        assertThat(model.shown()).isEqualTo(60_000);
    }

    @Test
    void shouldFindTheSameWeightsWhenSomeKindOfExampleIsDrawnOftenerAndHasAnOffset() {
        Random random = new Random(13);
        for (int i = 0; i < 100_000; i++) {
            float[] input = {1, (float) random.nextGaussian()};
            boolean accepted = random.nextDouble() < Logistic.sigmoid(-2 + 1.2 * input[1]);
            boolean oftener = input[1] > 1;
            if (accepted || oftener || random.nextDouble() < 0.25) {
                model.show(input, 1, 1, oftener ? -Math.log(4) : 0);
            }
            if (accepted) {
                model.accept(input, 1);
            }
        }
        assertThat(model.weights()[0])
                .as("a quarter of what was not accepted is drawn at random")
                .isCloseTo((float) (-2 + Math.log(4)), within(4 * (float) model.deviation(0)));
        assertThat(model.weights()[1]).isCloseTo(1.2f, within(4 * (float) model.deviation(1)));
    }

    @Test
    void shouldEndAtTheSameWhereLabelsComeLate() {
        Random random = new Random(12);
        BayesianLogistic late = new BayesianLogistic(BELIEF, DEVIATION, FOR_EVER, 8);
        float[][] waiting = new float[200][];
        for (int i = 0; i < 20_000; i++) {
            float[] input = {1, (float) random.nextGaussian()};
            boolean accepted = random.nextDouble() < Logistic.sigmoid(-2 + 1.2 * input[1]);
            model.show(input, 1);
            late.show(input, 1);
            if (accepted) {
                model.accept(input, 1);
            }
            if (waiting[i % 200] != null) {
                late.accept(waiting[i % 200], 1);
            }
            waiting[i % 200] = accepted ? input : null;
        }
        for (float[] input : waiting) {
            if (input != null) {
                late.accept(input, 1);
            }
        }
        assertThat(late.weights()[0]).isCloseTo(model.weights()[0], within(0.03f));
        assertThat(late.weights()[1]).isCloseTo(model.weights()[1], within(0.03f));
    }

    @Test
    void shouldComeBackToTheBeliefWhereItForgets() {
        BayesianLogistic forgetful = new BayesianLogistic(BELIEF, DEVIATION, 50, 8);
        for (int i = 0; i < 500; i++) {
            forgetful.show(new float[] {1, 0}, 1);
            forgetful.accept(new float[] {1, 0}, i < 250 ? 1 : 0);
        }
        assertThat(forgetful.weights()[0]).as("of now, when nothing is taken").isLessThan(-3.5f);
        assertThat(forgetful.weights()[1]).as("nothing was shown of it").isCloseTo(0.5f, within(1e-5f));
    }

    @Test
    void shouldTakeBackWhatWasAccepted() {
        model.show(new float[] {1, 1}, 1);
        float[] before = model.weights();
        model.accept(new float[] {1, 1}, 1);
        assertThat(model.weights()[0]).isGreaterThan(before[0]);
        model.accept(new float[] {1, 1}, -1);
        assertThat(model.weights()).containsExactly(before, within(1e-6f));
        assertThat(model.accepted()).isZero();
    }

    @Test
    void shouldGoOnFromTheValuesOfAModelOverOtherWeights() {
        for (int i = 0; i < 50; i++) {
            model.show(new float[] {1, i % 5}, 1);
            model.accept(new float[] {1, i % 5}, i % 3 == 0 ? 1 : 0);
        }
        BayesianLogistic wider = new BayesianLogistic(new double[] {0.5, 7, -3}, new double[] {0.5, 2, 1}, FOR_EVER, 8);
        wider.restore(model.values(), 2, new int[] {1, -1, 0});
        assertThat(wider.weights())
                .containsExactly(new float[] {model.weights()[1], 7, model.weights()[0]}, within(1e-5f));
        assertThat(wider.deviation(2)).isCloseTo(model.deviation(0), within(1e-9));
        assertThat(wider.deviation(1)).as("nothing is known of it").isCloseTo(2, within(1e-9));
        assertThat(wider.shown()).isEqualTo(50);
        assertThatThrownBy(() -> wider.restore(model.values(), 3, new int[] {1, -1, 0}))
                .hasMessage("8 values for a model of 3 weights");
    }

    @Test
    void shouldGoOnFromItsStoredValues() {
        for (int i = 0; i < 50; i++) {
            model.show(new float[] {1, i % 5}, 2);
            model.accept(new float[] {1, i % 5}, i % 3);
        }
        BayesianLogistic again = new BayesianLogistic(BELIEF, DEVIATION, FOR_EVER, 8);
        again.restore(model.values());
        assertThat(again.values()).containsExactly(model.values());
        model.show(new float[] {1, 2}, 1);
        again.show(new float[] {1, 2}, 1);
        assertThat(again.weights()).containsExactly(model.weights());
        assertThatThrownBy(() -> again.restore(new double[3])).hasMessage("3 values for a model of 2 weights");
        double[] broken = model.values();
        broken[0] = Double.NaN;
        assertThatThrownBy(() -> again.restore(broken)).hasMessage("a value is NaN");
    }

    @Test
    void shouldLearnNothingFromWhatIsNotFinite() {
        double[] before = model.values();
        assertThat(model.show(new float[] {1, Float.NaN}, 1)).isFalse();
        assertThat(model.accept(new float[] {1, Float.POSITIVE_INFINITY}, 1)).isFalse();
        assertThat(model.show(new float[] {1}, 1)).isFalse();
        assertThat(model.show(new float[] {1, 1}, -1)).isFalse();
        assertThat(model.values()).containsExactly(before);
    }

    @Test
    void shouldLearnNothingFromWhatItCannotSolve() {
        model.show(new float[] {1, 1}, 1);
        double[] before = model.values();
        float[] weights = model.weights();
        double[] singular = before.clone();
        // All four numbers of the precision.
        Arrays.fill(singular, 2, 6, 1);
        assertThatThrownBy(() -> model.restore(singular)).hasMessage("the precision of the weights is singular");
        assertThat(model.show(new float[] {8, 8}, Double.MAX_VALUE)).isFalse();
        assertThat(model.accept(new float[] {8, 8}, Double.MAX_VALUE)).isFalse();

        assertThat(model.values()).containsExactly(before);
        assertThat(model.weights()).containsExactly(weights);
        assertThat(model.show(new float[] {1, 1}, 1)).isTrue();
    }
}
