package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.Logistic;
import dev.kombo.math.FactorMath;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of network can and cannot learn. */
class NetworkLearningTest {
    private static NetworkTrainer trainer(NetworkShape shape, int batch, float rate) {
        return new NetworkTrainer(shape, NetworkExamples.settings(batch, rate), new float[shape.signals() + 1], 1);
    }

    @Test
    void shouldComeCloseToTheTruthByALinearNetwork() {
        float[] truth = {1.5f, -1f, 0f, 0.5f};
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.LINEAR, 4, 0, 64, 16, 5);
        NetworkTrainer trainer = trainer(shape, 32, 0.01f);
        NetworkState state = trainer.start();
        Random random = new Random(3);
        for (int i = 0; i < 60_000; i++) {
            float[] signals = NetworkExamples.gaussians(random, 4);
            double probability = Logistic.sigmoid(FactorMath.dot(truth, signals) - 0.7);
            float label = random.nextDouble() < probability ? 1f : 0f;
            trainer.learn(state, List.of(new NetworkExample(signals, new float[0], new float[0], label, 1f, 0f)));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(state.weights()[i]).isCloseTo(truth[i], within(0.1f));
        }
        assertThat(state.weights()[4]).isCloseTo(-0.7f, within(0.1f));
        // Three quarters of what was learned are trusted, so the calibrated logit takes it times 4/3.
        assertThat(state.calibration().slope()).isCloseTo(4 / 3f, within(0.15f));
        assertThat(state.calibration().offset()).isCloseTo(0f, within(0.15f));
    }

    @Test
    void shouldLearnTheInteractionThatALinearNetworkCannot() {
        assertThat(lossOnProducts(NetworkShape.Architecture.LINEAR)).isGreaterThan(0.65);
        assertThat(lossOnProducts(NetworkShape.Architecture.DENSE)).isLessThan(0.2);
    }

    private static double lossOnProducts(NetworkShape.Architecture kind) {
        NetworkShape shape = new NetworkShape(kind, 2, 0, 16, 1, 1);
        NetworkTrainer trainer = trainer(shape, 32, 0.01f);
        NetworkState state = trainer.start();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            float[] signals = NetworkExamples.gaussians(random, 2);
            float label = signals[0] * signals[1] > 0 ? 1f : 0f;
            trainer.learn(state, List.of(new NetworkExample(signals, new float[0], new float[0], label, 1f, 0f)));
        }
        assertThat(state.examples()).isEqualTo(20_000);
        assertThat(state.restored()).isZero();
        return state.loss();
    }

    @Test
    void shouldLearnWhatTheContextChanges() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.DENSE, 1, 1, 16, 1, 1);
        NetworkTrainer trainer = trainer(shape, 32, 0.01f);
        NetworkState state = trainer.start();
        Random random = new Random(2);
        for (int i = 0; i < 12_000; i++) {
            float[] signals = NetworkExamples.gaussians(random, 1);
            float[] context = {random.nextBoolean() ? 1f : -1f};
            trainer.learn(
                    state,
                    List.of(new NetworkExample(
                            signals, context, new float[0], signals[0] * context[0] > 0 ? 1f : 0f, 1f, 0f)));
        }
        assertThat(state.loss()).isLessThan(0.2);
    }

    @ParameterizedTest
    @EnumSource(
            value = NetworkShape.Architecture.class,
            names = {"DENSE", "CONVOLUTION", "RECURRENT"})
    void shouldLearnTheOrderOfAShortSequenceWhereItIsSeen(NetworkShape.Architecture kind) {
        NetworkShape shape = new NetworkShape(kind, 1, 0, 16, 6, 2);
        NetworkTrainer trainer = trainer(shape, 32, 0.01f);
        NetworkState state = trainer.start();
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            int steps = 2 + random.nextInt(5);
            int at = random.nextInt(steps - 1);
            boolean rising = random.nextBoolean();
            float[] sequence = new float[2 * steps];
            sequence[2 * at + (rising ? 0 : 1)] = 1f;
            sequence[2 * (at + 1) + (rising ? 1 : 0)] = 1f;
            trainer.learn(
                    state, List.of(new NetworkExample(new float[1], new float[0], sequence, rising ? 1f : 0f, 1f, 0f)));
        }
        if (kind.sequential()) {
            assertThat(state.loss()).isLessThan(0.1);
        } else {
            assertThat(state.loss()).isGreaterThan(0.65);
        }
    }
}
