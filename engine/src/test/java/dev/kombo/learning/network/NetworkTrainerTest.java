package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.network.NetworkSettings.AdamSettings;
import dev.kombo.learning.network.NetworkTrainer.Learned;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTrainerTest {
    private static final NetworkShape LINE = new NetworkShape(NetworkShape.Architecture.LINEAR, 1, 0, 64, 16, 5);

    private static NetworkExample point(float signal, float label, float weight) {
        return new NetworkExample(new float[] {signal}, new float[0], new float[0], label, weight, 0f);
    }

    private static NetworkTrainer trainer(NetworkShape shape, int batch, float rate) {
        return new NetworkTrainer(shape, NetworkExamples.settings(batch, rate), new float[shape.signals() + 1], 1);
    }

    @Test
    void shouldStepAsAdamByHand() {
        NetworkTrainer trainer = trainer(LINE, 1, 0.01f);
        NetworkState state = trainer.start();
        assertThat(trainer.learn(state, List.of(point(2f, 1f, 1f)))).isEqualTo(Learned.STEPPED);
        // Gradient (-1, -0.5): the bias-corrected first step is the rate, whatever the gradient's size.
        assertThat(state.weights()[0]).isCloseTo(0.01f, within(1e-7f));
        assertThat(state.weights()[1]).isCloseTo(0.01f, within(1e-7f));
        float[] optimizer = state.optimizer();
        assertThat(optimizer[0]).isCloseTo(-0.1f, within(1e-7f));
        assertThat(optimizer[2]).isCloseTo(0.001f, within(1e-8f));
        assertThat(state.loss()).isCloseTo(Math.log(2), within(1e-9));
        // Second step by the formulas: logit .03, error -.4925; gradient (-.985, -.4925); the rate is past its warm-up.
        trainer.learn(state, List.of(point(2f, 1f, 1f)));
        double slope = 2 * (1 / (1 + Math.exp(-0.03)) - 1);
        double first = (0.9 * -0.1 + 0.1 * slope) / (1 - 0.81);
        double second = (0.999 * 0.001 + 0.001 * slope * slope) / (1 - 0.999 * 0.999);
        assertThat((double) state.weights()[0])
                .isCloseTo(0.01 - 0.01 * Math.sqrt(0.5) * first / Math.sqrt(second), within(1e-6));
    }

    @Test
    void shouldFollowTheScheduleOfStepSizes() {
        AdamSettings adam = new AdamSettings(0.01f, 0.02f, 4, 5f);
        assertThat(adam.schedule(1)).isEqualTo(0.25);
        assertThat(adam.schedule(4)).isEqualTo(1);
        assertThat(adam.schedule(16)).isEqualTo(0.5);
        assertThat(adam.schedule(1_000_000)).isEqualTo(0.2);
        NetworkSettings settings = new NetworkSettings(adam, 0f, 0f, 1);
        NetworkTrainer trainer = new NetworkTrainer(LINE, settings, new float[2], 1);
        NetworkState state = trainer.start();
        trainer.learn(state, List.of(point(2f, 1f, 1f)));
        assertThat(state.weights()[0]).isCloseTo(0.005f, within(1e-7f));
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldStartAsThePriorAndTheSameEverywhere(NetworkShape.Architecture kind) {
        NetworkShape shape = new NetworkShape(kind, 6, 3, 64, 16, 5);
        float[] prior = NetworkExamples.prior(shape, 0.5f);
        NetworkState state = new NetworkTrainer(shape, NetworkSettings.of(SettingValues.defaults()), prior, 42).start();
        List<NetworkExample> examples = NetworkExamples.random(shape, 20, 4);
        double[] logits = NetworkExamples.logits(shape, state.weights(), examples);
        for (int i = 0; i < logits.length; i++) {
            double expected = prior[6];
            for (int k = 0; k < 6; k++) {
                expected += (double) prior[k] * examples.get(i).signals()[k];
            }
            assertThat(logits[i]).isCloseTo(expected, within(1e-12));
        }
        assertThat(shape.start(prior, 42)).isEqualTo(state.weights());
        assertThat(shape.start(prior, 43).length).isEqualTo(state.weights().length);
        if (kind.deep()) {
            assertThat(shape.start(prior, 43)).isNotEqualTo(state.weights());
        }
    }

    /** The label is which of two features came last: order matters, so a pooled sum cannot learn it. */
    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldStepAlikeWhateverTheOrderInTheMiniBatch(NetworkShape.Architecture kind) {
        NetworkShape shape = NetworkExamples.small(kind);
        NetworkTrainer trainer = trainer(shape, 12, 0.01f);
        float[] weights = NetworkExamples.weights(shape, 1);
        List<NetworkExample> examples = new ArrayList<>(NetworkExamples.random(shape, 12, 1));
        NetworkState straight = NetworkState.of(shape, weights, new PlattScaling(500));
        examples.forEach(example -> trainer.learn(straight, List.of(example)));
        Collections.shuffle(examples, new Random(1));
        NetworkState shuffled = NetworkState.of(shape, weights, new PlattScaling(500));
        examples.forEach(example -> trainer.learn(shuffled, List.of(example)));
        assertThat(straight.weights()).isNotEqualTo(weights);
        for (int i = 0; i < weights.length; i++) {
            assertThat(shuffled.weights()[i]).isCloseTo(straight.weights()[i], within(1e-6f));
        }
    }

    @Test
    void shouldLearnAGroupAsItsExamples() {
        NetworkShape shape = NetworkExamples.small(NetworkShape.Architecture.DENSE);
        NetworkTrainer trainer = trainer(shape, 8, 0.01f);
        List<NetworkExample> examples = NetworkExamples.random(shape, 8, 1);
        NetworkState grouped = trainer.start();
        assertThat(trainer.learn(grouped, examples)).isEqualTo(Learned.STEPPED);
        NetworkState single = trainer.start();
        examples.forEach(example -> trainer.learn(single, List.of(example)));
        assertThat(grouped.weights()).isEqualTo(single.weights());
        assertThat(grouped.progress()).isEqualTo(single.progress());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -2e6f})
    void shouldDropAndCountWhatIsNotFiniteOrOutOfRange(float bad) {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.RECURRENT, 1, 1, 4, 2, 1);
        NetworkTrainer trainer = trainer(shape, 2, 0.01f);
        NetworkState state = trainer.start();
        float[] one = {1f};
        float[] wrong = {bad};
        NetworkExample good = new NetworkExample(one, one, one, 1f, 1f, 0f);
        List<NetworkExample> dropped = List.of(
                new NetworkExample(wrong, one, one, 1f, 1f, 0f),
                new NetworkExample(one, wrong, one, 1f, 1f, 0f),
                new NetworkExample(one, one, wrong, 1f, 1f, 0f),
                new NetworkExample(one, one, one, bad, 1f, 0f),
                new NetworkExample(one, one, one, 2f, 1f, 0f),
                new NetworkExample(one, one, one, 1f, bad, 0f),
                new NetworkExample(one, one, one, 1f, -1f, 0f));
        for (NetworkExample example : dropped) {
            assertThat(trainer.learn(state, List.of(example))).isEqualTo(Learned.DROPPED);
            assertThat(trainer.learn(state, List.of(good, example))).isEqualTo(Learned.DROPPED);
        }
        NetworkExample negative = new NetworkExample(one, one, one, 0f, 1f, 0f);
        assertThat(state.dropped()).isEqualTo(7 + 14);
        assertThat(state.weights()).isEqualTo(trainer.start().weights());
        assertThat(state.waiting()).isEmpty();
        assertThat(trainer.learn(state, List.of(good, negative))).isEqualTo(Learned.STEPPED);
    }

    @Test
    void shouldReturnToTheLastGoodWeightsWhenTheyGiveNoFiniteLogits() {
        NetworkTrainer trainer = trainer(LINE, 2, 0.01f);
        NetworkState state = trainer.start();
        for (int i = 0; i < 100; i++) {
            trainer.learn(state, List.of(point(1f, 1f, 1f)));
        }
        assertThat(state.calibration().slope()).isNotEqualTo(1f);
        state.weights()[0] = Float.NaN;
        assertThat(trainer.learn(state, List.of(point(1f, 1f, 1f)))).isEqualTo(Learned.COLLECTED);
        assertThat(trainer.learn(state, List.of(point(1f, 1f, 1f)))).isEqualTo(Learned.RESTORED);
        assertThat(state.weights()).isEqualTo(trainer.start().weights());
        assertThat(state.restored()).isEqualTo(1);
        assertThat(state.calibration().slope()).as("that of other weights").isEqualTo(1f);
    }

    @Test
    void shouldReturnToTheLastGoodWeightsWhenDiverged() {
        NetworkTrainer trainer = trainer(LINE, 10, 0.05f);
        NetworkState state = trainer.start();
        Random random = new Random(7);
        for (int i = 0; i < 4000; i++) {
            float signal = (float) random.nextGaussian();
            trainer.learn(state, List.of(point(signal, signal > 0 ? 1f : 0f, 1f)));
        }
        float[] good = state.weights().clone();
        assertThat(good[0]).isGreaterThan(2f);
        int restoredAt = -1;
        for (int i = 0; i < 2000 && restoredAt < 0; i++) {
            float signal = 10 * (float) random.nextGaussian();
            Learned outcome = trainer.learn(state, List.of(point(signal, random.nextInt(2), 1f)));
            restoredAt = outcome == Learned.RESTORED ? i : -1;
        }
        assertThat(restoredAt).isBetween(9, 1000);
        assertThat(state.restored()).isEqualTo(1);
        // The last checkpoint was at most 1000 examples, or 100 steps of at most about .01, before.
        assertThat(state.weights()[0]).isCloseTo(good[0], within(1f));
        assertThat(state.waiting()).isEmpty();
        assertThat(state.measured()).isZero();
        // The changed world becomes the new normal.
        for (int i = 0; i < 3000; i++) {
            float signal = 10 * (float) random.nextGaussian();
            trainer.learn(state, List.of(point(signal, random.nextInt(2), 1f)));
        }
        assertThat(state.restored()).isEqualTo(1);
        assertThat(Math.abs(state.weights()[0])).isLessThan(0.3f);
    }

    @Test
    void shouldTakeNoiseAroundAPerfectLossForNoDivergence() {
        NetworkTrainer trainer = trainer(LINE, 10, 0.05f);
        NetworkState state = trainer.start();
        for (int i = 0; i < 20_000; i++) {
            float signal = i % 2 == 0 ? 1f : -1f;
            trainer.learn(state, List.of(point(signal * (1 + i % 3), signal > 0 ? 1f : 0f, 1f)));
        }
        assertThat(state.loss()).isLessThan(0.01);
        assertThat(state.restored()).isZero();
    }

    @Test
    void shouldDrawTheLinearPartToThePriorAndTheDeepPartToZero() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.DENSE, 2, 0, 4, 1, 1);
        NetworkSettings settings = new NetworkSettings(new AdamSettings(0.05f, 0.05f, 1, 5f), 1f, 1f, 1);
        NetworkTrainer trainer = new NetworkTrainer(shape, settings, new float[] {2f, -2f, 0f}, 1);
        NetworkState state = NetworkState.of(shape, NetworkExamples.weights(shape, 1), new PlattScaling(500));
        // An example of weight 0 teaches nothing: only the penalties act.
        for (int i = 0; i < 1000; i++) {
            trainer.learn(state, List.of(new NetworkExample(new float[2], new float[0], new float[0], 0f, 0f, 0f)));
        }
        assertThat(state.weights()[0]).isCloseTo(2f, within(0.05f));
        assertThat(state.weights()[1]).isCloseTo(-2f, within(0.05f));
        for (int i = shape.offset(NetworkBlock.OUTPUT); i < shape.weights(); i++) {
            assertThat(state.weights()[i]).isCloseTo(0f, within(0.05f));
        }
    }

    @Test
    void shouldTrustWhatDepartsFromThePriorByTheNumberOfExamples() {
        NetworkShape shape = NetworkExamples.small(NetworkShape.Architecture.DENSE);
        float[] prior = NetworkExamples.prior(shape, 1f);
        float[] trained = NetworkExamples.weights(shape, 3);
        double known = logit(shape, shape.start(prior, 1));
        double learned = logit(shape, trained);
        assertThat(learned).isNotCloseTo(known, within(0.01));

        assertThat(logit(shape, NetworkTrainer.trusted(shape, trained, prior, 0)))
                .isCloseTo(known, within(1e-5));
        assertThat(logit(shape, NetworkTrainer.trusted(shape, trained, prior, 20_000)))
                .isCloseTo((known + learned) / 2, within(1e-5));
        assertThat(logit(shape, NetworkTrainer.trusted(shape, trained, prior, 1L << 60)))
                .isCloseTo(learned, within(1e-5));
    }

    private static double logit(NetworkShape shape, float[] weights) {
        NetworkReference network = new NetworkReference(shape);
        network.load(weights);
        MiniBatch batch = new MiniBatch(shape, new float[0]);
        batch.add(NetworkExamples.random(shape, 1, 5).get(0));
        return network.forward(batch)[0];
    }

    /** Rare values move the logit through the linear part only. */
    @Test
    void shouldBoundWhatTheDenseLayersSeeOfASignal() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.DENSE, 1, 0, 4, 1, 1);
        float[] weights = shape.start(new float[] {0.5f, 0f}, 1);
        Arrays.fill(weights, shape.offset(NetworkBlock.OUTPUT), weights.length, 1f);
        float[] logits = new float[3];
        new NetworkScorer(shape, 3)
                .score(weights, new float[][] {{2f, 3f, 13f}}, new float[0], SequenceRows.NONE, 3, logits);
        assertThat(logits[2] - logits[1]).isCloseTo(0.5f * 10, within(1e-4f));
        assertThat(logits[1] - logits[0]).as("within the bound they do see it").isNotCloseTo(0.5f, within(1e-3f));
    }

    @Test
    void shouldKeepTheLinearPartWhereItsRateIsZero() {
        NetworkShape shape = NetworkExamples.small(NetworkShape.Architecture.DENSE);
        NetworkSettings settings = new NetworkSettings(new AdamSettings(0.01f, 0f, 1, 5f), 0f, 0f, 4);
        float[] prior = NetworkExamples.prior(shape, 1f);
        NetworkTrainer trainer = new NetworkTrainer(shape, settings, prior, 1);
        NetworkState state = trainer.start();
        float[] start = state.weights().clone();
        NetworkExamples.random(shape, 40, 2).forEach(example -> trainer.learn(state, List.of(example)));
        assertThat(state.weights()).startsWith(prior).isNotEqualTo(start);
    }

    @Test
    void shouldRefuseWhatDoesNotFitTheShape() {
        NetworkShape shape = NetworkExamples.small(NetworkShape.Architecture.RECURRENT);
        NetworkTrainer trainer = trainer(shape, 4, 0.01f);
        NetworkState state = trainer.start();
        float[] signals = new float[3];
        float[] context = new float[2];
        for (NetworkExample wrong : List.of(
                new NetworkExample(new float[2], context, new float[0], 1f, 1f, 0f),
                new NetworkExample(signals, new float[1], new float[0], 1f, 1f, 0f),
                new NetworkExample(signals, context, new float[3], 1f, 1f, 0f),
                new NetworkExample(signals, context, new float[10], 1f, 1f, 0f))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.learn(state, List.of(wrong)))
                    .withMessageContaining("do not fit the network");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> trainer.learn(state, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new NetworkTrainer(shape, NetworkSettings.of(SettingValues.defaults()), new float[3], 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkTrainer(
                        shape, NetworkSettings.of(SettingValues.defaults()), new float[] {1f, Float.NaN, 0f, 0f}, 1));
    }
}
