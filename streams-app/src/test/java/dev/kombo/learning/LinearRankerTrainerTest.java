package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.LinearRankerTrainer.Outcome;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRankerTrainerTest {
    private static final float[] TRUTH = {1.5f, -1f, 0f, 0.5f, -0.7f};
    private static final int SIGNALS = TRUTH.length - 1;

    private record Data(float[][] signals, float[] labels) {}

    @Test
    void shouldComeCloseToTheMaximumLikelihoodSolution() {
        Data data = data(60_000, 3);
        double[] solution = newton(data);
        LinearRankerTrainer trainer = new LinearRankerTrainer(settings(0.003f, 0f, 32), new float[SIGNALS + 1]);
        RankerState state = trainer.start();
        for (int i = 0; i < data.labels().length; i++) {
            trainer.learn(state, data.signals()[i], data.labels()[i], 1f);
        }
        double lossOfSolution = 0;
        float[] best = new float[SIGNALS + 1];
        for (int k = 0; k <= SIGNALS; k++) {
            assertThat((double) state.weights()[k]).isCloseTo(solution[k], within(0.1));
            best[k] = (float) solution[k];
        }
        for (int i = 50_000; i < 60_000; i++) {
            lossOfSolution += Logistic.logLoss(LinearRankerTrainer.logit(best, data.signals()[i]), data.labels()[i]);
        }
        assertThat(state.logLoss()).isCloseTo(lossOfSolution / 10_000, within(0.02));
        assertThat(state.examples()).isEqualTo(60_000);
        assertThat(state.dropped()).isZero();
        assertThat(state.restored()).isZero();
    }

    @Test
    void shouldFollowTheNumericGradientOfLossAndPenalty() {
        float[] prior = {0.2f, 0.1f, -0.3f, 0f, 0.4f};
        float[] start = {0.5f, -0.5f, 0.25f, 0.75f, -0.25f};
        float penalty = 0.5f;
        Data data = data(7, 9);
        LinearRankerTrainer trainer = new LinearRankerTrainer(settings(0.01f, penalty, 100), prior);
        RankerState state = RankerState.of(start);
        for (int i = 0; i < 7; i++) {
            assertThat(trainer.learn(state, data.signals()[i], data.labels()[i], 0.5f + i))
                    .isEqualTo(Outcome.COLLECTED);
        }
        float[] gradient = trainer.meanGradient(state);
        float h = 0.0078125f;
        for (int k = 0; k <= SIGNALS; k++) {
            float[] above = start.clone();
            float[] below = start.clone();
            above[k] += h;
            below[k] -= h;
            double slope = (objective(above, prior, penalty, data) - objective(below, prior, penalty, data)) / (2 * h);
            assertThat((double) gradient[k]).isCloseTo(slope, within(1e-3));
        }
    }

    @Test
    void shouldStepAsAdamByHand() {
        LinearRankerTrainer trainer = new LinearRankerTrainer(settings(0.01f, 0f, 1), new float[] {0f, 0f});
        RankerState state = trainer.start();
        assertThat(trainer.learn(state, new float[] {2f}, 1f, 1f)).isEqualTo(Outcome.STEPPED);
        // Gradient (-1, -0.5): the bias-corrected first step is the rate, whatever the gradient's size.
        assertThat(state.weights()[0]).isCloseTo(0.01f, within(1e-7f));
        assertThat(state.weights()[1]).isCloseTo(0.01f, within(1e-7f));
        assertThat(state.moments()[0]).isCloseTo(-0.1f, within(1e-7f));
        assertThat(state.moments()[2]).isCloseTo(0.001f, within(1e-8f));
        assertThat(state.logLoss()).isCloseTo(Math.log(2), within(1e-9));
    }

    @Test
    void shouldStayAtThePriorWhereThereIsNothingToLearn() {
        float[] prior = {1f, -1f, 2f, 0f, 0f};
        LinearRankerTrainer trainer = new LinearRankerTrainer(settings(0.01f, 0.1f, 8), prior);
        RankerState state = trainer.start();
        Random random = new Random(2);
        for (int i = 0; i < 4000; i++) {
            float[] signals = {0f, 0f, 0f, (float) random.nextGaussian()};
            trainer.learn(state, signals, random.nextInt(2), 1f);
        }
        assertThat(state.weights()[0]).isEqualTo(1f);
        assertThat(state.weights()[2]).isEqualTo(2f);
        assertThat(state.weights()[3]).isCloseTo(0f, within(0.15f));
        assertThat(prior).containsExactly(1f, -1f, 2f, 0f, 0f);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldDropAndCountWhatIsNotFinite(float bad) {
        LinearRankerTrainer trainer = new LinearRankerTrainer(settings(0.01f, 0f, 1), new float[] {0f, 0f});
        RankerState state = trainer.start();
        assertThat(trainer.learn(state, new float[] {bad}, 1f, 1f)).isEqualTo(Outcome.DROPPED);
        assertThat(trainer.learn(state, new float[] {1f}, bad, 1f)).isEqualTo(Outcome.DROPPED);
        assertThat(trainer.learn(state, new float[] {1f}, 1f, bad)).isEqualTo(Outcome.DROPPED);
        assertThat(trainer.learn(state, new float[] {1f}, 2f, 1f)).isEqualTo(Outcome.DROPPED);
        assertThat(trainer.learn(state, new float[] {1f}, 1f, -1f)).isEqualTo(Outcome.DROPPED);
        assertThat(trainer.learn(state, new float[] {3e38f}, 1f, 3e38f)).isEqualTo(Outcome.DROPPED);
        assertThat(state.dropped()).isEqualTo(6);
        assertThat(state.weights()).containsExactly(0f, 0f);
        assertThat(trainer.learn(state, new float[] {1f}, 1f, 1f)).isEqualTo(Outcome.STEPPED);
    }

    @Test
    void shouldReturnToTheLastGoodWeightsWhenDiverged() {
        RankerSettings settings = new RankerSettings(0.01f, 0f, 5f, 8, 500, 1.5f);
        LinearRankerTrainer trainer = new LinearRankerTrainer(settings, new float[SIGNALS + 1]);
        RankerState state = trainer.start();
        Data good = data(4000, 5);
        for (int i = 0; i < 4000; i++) {
            trainer.learn(state, good.signals()[i], good.labels()[i], 1f);
        }
        assertThat(state.restored()).isZero();
        Outcome outcome = Outcome.COLLECTED;
        int learned = 0;
        for (; learned < 2000 && outcome != Outcome.RESTORED; learned++) {
            outcome = trainer.learn(state, good.signals()[learned], 1 - good.labels()[learned], 1f);
        }
        assertThat(outcome).isEqualTo(Outcome.RESTORED);
        assertThat(state.restored()).isEqualTo(1);
        assertThat(state.weights()[0]).isGreaterThan(0.5f);
        assertThat(state.weights()[1]).isLessThan(-0.3f);
        for (int i = 0; i < 4000; i++) {
            trainer.learn(state, good.signals()[i], 1 - good.labels()[i], 1f);
        }
        assertThat(state.restored()).as("a changed world is the new normal").isEqualTo(1);
        assertThat(state.weights()[0]).isLessThan(-0.5f);
    }

    @Test
    void shouldContinueFromItsStoredPartsAsIfNeverInterrupted() {
        LinearRankerTrainer trainer = new LinearRankerTrainer(RankerSettings.defaults(), new float[SIGNALS + 1]);
        RankerState through = trainer.start();
        RankerState stored = trainer.start();
        Data data = data(3000, 8);
        for (int i = 0; i < 3000; i++) {
            trainer.learn(through, data.signals()[i], data.labels()[i], 1f);
            stored = new RankerState(
                    stored.weights().clone(), stored.moments().clone(), stored.examples(), stored.logLoss());
            trainer.learn(stored, data.signals()[i], data.labels()[i], 1f);
        }
        assertThat(stored.weights()).isEqualTo(through.weights());
        assertThat(stored.moments()).isEqualTo(through.moments());
    }

    @Test
    void shouldStillKeepGoodWeightsAfterMoreExamplesThanAFloatCounts() {
        RankerSettings settings = new RankerSettings(0.01f, 0f, 5f, 1, 10, 1.5f);
        LinearRankerTrainer trainer = new LinearRankerTrainer(settings, new float[2]);
        RankerState fresh = trainer.start();
        float[] moments = fresh.moments().clone();
        int scalars = moments.length - RankerState.SCALARS;
        moments[scalars] = 1 << 24;
        moments[scalars + 2] = 1 << 24;
        RankerState state = new RankerState(fresh.weights().clone(), moments, (1L << 24) + 3, 0.5);
        for (int i = 0; i < 20; i++) {
            assertThat(trainer.learn(state, new float[] {1f}, 1f, 1f)).isEqualTo(Outcome.STEPPED);
        }
        assertThat(state.examples()).isEqualTo((1L << 24) + 23);
        assertThat(moments[3 * 2]).as("last good weight").isPositive();
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RankerState(new float[3], new float[7], 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearRankerTrainer.logit(new float[3], new float[3]))
                .withMessage("3 signals for 3 weights");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RankerSettings(0.01f, 0f, 5f, 32, 2000, 1f))
                .withMessageStartingWith("divergence must be in ");
    }

    private static RankerSettings settings(float rate, float regularization, int batch) {
        return new RankerSettings(rate, regularization, 5f, batch, 10_000, 1.5f);
    }

    private static Data data(int size, long seed) {
        Random random = new Random(seed);
        float[][] signals = new float[size][SIGNALS];
        float[] labels = new float[size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < SIGNALS; k++) {
                signals[i][k] = (float) random.nextGaussian();
            }
            double p = Logistic.sigmoid(LinearRankerTrainer.logit(TRUTH, signals[i]));
            labels[i] = random.nextDouble() < p ? 1f : 0f;
        }
        return new Data(signals, labels);
    }

    private static double objective(float[] weights, float[] prior, double penalty, Data data) {
        double sum = 0;
        for (int i = 0; i < data.labels().length; i++) {
            float logit = LinearRankerTrainer.logit(weights, data.signals()[i]);
            sum += (0.5 + i) * Logistic.logLoss(logit, data.labels()[i]);
        }
        double distance = 0;
        for (int k = 0; k < SIGNALS; k++) {
            distance += Math.pow((double) weights[k] - prior[k], 2);
        }
        return sum / data.labels().length + penalty * distance / 2;
    }

    /** Maximum likelihood by Newton's method over all data at once. */
    private static double[] newton(Data data) {
        SimpleMatrix weights = new SimpleMatrix(SIGNALS + 1, 1);
        for (int iteration = 0; iteration < 8; iteration++) {
            SimpleMatrix gradient = new SimpleMatrix(SIGNALS + 1, 1);
            SimpleMatrix hessian = new SimpleMatrix(SIGNALS + 1, SIGNALS + 1);
            for (int i = 0; i < data.labels().length; i++) {
                SimpleMatrix x = new SimpleMatrix(SIGNALS + 1, 1);
                for (int k = 0; k < SIGNALS; k++) {
                    x.set(k, 0, data.signals()[i][k]);
                }
                x.set(SIGNALS, 0, 1);
                double p = Logistic.sigmoid(weights.dot(x));
                gradient = gradient.plus(p - data.labels()[i], x);
                hessian = hessian.plus(p * (1 - p), x.mult(x.transpose()));
            }
            weights = weights.minus(hessian.solve(gradient));
        }
        double[] solution = new double[SIGNALS + 1];
        for (int k = 0; k <= SIGNALS; k++) {
            solution[k] = weights.get(k, 0);
        }
        return solution;
    }
}
