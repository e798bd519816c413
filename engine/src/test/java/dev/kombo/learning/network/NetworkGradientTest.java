package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.network.NetworkSettings.AdamSettings;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradient by every weight of every kind, against central differences of the whole loss, penalties included. */
class NetworkGradientTest {
    private static final float STEP = 1f / 8192;
    private static final float L2 = 0.03f;
    private static final float WIDE_L2 = 0.07f;
    private static final int GROUP = 3;

    @ParameterizedTest
    @EnumSource
    void shouldEqualTheNumericGradientOfEveryWeight(NetworkShape.Architecture kind) {
        NetworkShape shape = NetworkExamples.small(kind);
        List<NetworkExample> examples = examples(shape);
        NetworkTrainer trainer = trainer(shape);
        float[] weights = NetworkExamples.weights(shape, 17);
        double[] gradient = trainer.gradient(state(shape, trainer, weights, examples));
        for (NetworkBlock block : NetworkBlock.values()) {
            double largest = 0;
            for (int i = shape.offset(block); i < shape.offset(block) + shape.length(block); i++) {
                double slope = slope(shape, weights, i, examples);
                assertThat(gradient[i])
                        .as("%s %d", block, i - shape.offset(block))
                        .isCloseTo(slope, within(1e-6 + 1e-4 * Math.abs(slope)));
                largest = Math.max(largest, Math.abs(slope));
            }
            if (shape.length(block) > 0) {
                assertThat(largest).as("%s is used", block).isGreaterThan(1e-3);
            }
        }
    }

    private static List<NetworkExample> examples(NetworkShape shape) {
        List<NetworkExample> examples = NetworkExamples.random(shape, 7, 5);
        for (int i = 0; i < examples.size(); i++) {
            NetworkExample example = examples.get(i);
            float label = i % GROUP == 1 ? 1f : i % GROUP == 2 ? 0.25f : 0f;
            examples.set(
                    i,
                    new NetworkExample(
                            example.signals(), example.context(), example.sequence(), label, example.weight(), 0f));
        }
        return examples;
    }

    private static NetworkTrainer trainer(NetworkShape shape) {
        NetworkSettings settings = new NetworkSettings(AdamSettings.of(SettingValues.defaults()), L2, WIDE_L2, 1000);
        return new NetworkTrainer(shape, settings, NetworkExamples.prior(shape, 0.25f), 1);
    }

    /** Two groups of three and one single example, waiting. */
    private static NetworkState state(
            NetworkShape shape, NetworkTrainer trainer, float[] weights, List<NetworkExample> examples) {
        NetworkState state = NetworkState.of(shape, weights, new PlattScaling(500));
        trainer.learn(state, examples.subList(0, GROUP));
        trainer.learn(state, examples.subList(GROUP, 2 * GROUP));
        trainer.learn(state, List.of(examples.get(2 * GROUP)));
        return state;
    }

    private static double slope(NetworkShape shape, float[] weights, int index, List<NetworkExample> examples) {
        float[] above = weights.clone();
        float[] below = weights.clone();
        above[index] += STEP;
        below[index] -= STEP;
        double distance = (double) above[index] - below[index];
        return (loss(shape, above, examples) - loss(shape, below, examples)) / distance;
    }

    /** The loss as documented, written without the code under test. */
    private static double loss(NetworkShape shape, float[] weights, List<NetworkExample> examples) {
        double[] logits = NetworkExamples.logits(shape, weights, examples);
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            NetworkExample example = examples.get(i);
            double probability = 1 / (1 + Math.exp(-logits[i] - example.offset()));
            sum -= example.weight()
                    * (example.label() * Math.log(probability) + (1 - example.label()) * Math.log(1 - probability));
        }
        return sum / logits.length + penalty(shape, weights);
    }

    private static double penalty(NetworkShape shape, float[] weights) {
        float[] prior = NetworkExamples.prior(shape, 0.25f);
        double penalty = 0;
        for (int i = 0; i < shape.signals(); i++) {
            penalty += WIDE_L2 / 2.0 * Math.pow((double) weights[i] - prior[i], 2);
        }
        List<NetworkBlock> shrinking = List.of(
                NetworkBlock.KERNEL,
                NetworkBlock.STEP_GATES,
                NetworkBlock.STATE_GATES,
                NetworkBlock.STATE_CANDIDATE,
                NetworkBlock.FIRST,
                NetworkBlock.SECOND,
                NetworkBlock.OUTPUT);
        for (NetworkBlock block : shrinking) {
            for (int i = shape.offset(block); i < shape.offset(block) + shape.length(block); i++) {
                penalty += L2 / 2.0 * weights[i] * weights[i];
            }
        }
        return penalty;
    }
}
