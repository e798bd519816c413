package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkShapeTest {
    @ParameterizedTest
    @CsvSource({
        "LINEAR, 28",
        // 28 + (27 + 8) * 64 + 64 + 64 * 64 + 64 + 64
        "DENSE, 6556",
        // ... + 3 * 5 * 16 + 16 + 32 * 64
        "CONVOLUTION, 8860",
        // ... + 5 * 48 + 16 * 32 + 16 * 16 + 48 + 16 * 64
        "RECURRENT, 8636"
    })
    void shouldCountItsWeights(NetworkShape.Architecture kind, int weights) {
        assertThat(new NetworkShape(kind, 27, 8, 64, 16, 5).weights()).isEqualTo(weights);
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldLayItsBlocksOutOneAfterTheOther(NetworkShape.Architecture kind) {
        NetworkShape shape = NetworkExamples.small(kind);
        int end = 0;
        for (NetworkBlock block : NetworkBlock.values()) {
            assertThat(shape.offset(block)).isEqualTo(end);
            end += shape.length(block);
        }
        assertThat(shape.weights()).isEqualTo(end);
        assertThat(shape.offset(NetworkBlock.INTERCEPT)).isEqualTo(shape.signals());
    }

    @Test
    void shouldStartHiddenLayersWithTheVarianceOfHe() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.DENSE, 27, 8, 64, 16, 5);
        float[] weights = shape.start(new float[28], 5);
        double squares = 0;
        double sum = 0;
        int length = shape.length(NetworkBlock.SECOND);
        for (int i = 0; i < length; i++) {
            double weight = weights[shape.offset(NetworkBlock.SECOND) + i];
            squares += weight * weight;
            sum += weight;
        }
        assertThat(squares / length).isCloseTo(2.0 / 64, within(0.001));
        assertThat(sum / length).isCloseTo(0, within(0.01));
        for (NetworkBlock zero : new NetworkBlock[] {NetworkBlock.FIRST_BIAS, NetworkBlock.OUTPUT}) {
            for (int i = 0; i < shape.length(zero); i++) {
                assertThat(weights[shape.offset(zero) + i]).isZero();
            }
        }
    }

    @Test
    void shouldRefuseSizesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkShape(NetworkShape.Architecture.DENSE, 0, 8, 64, 16, 5))
                .withMessageContaining("signals");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkShape(NetworkShape.Architecture.DENSE, 3, -1, 64, 16, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkShape(NetworkShape.Architecture.DENSE, 3, 1, 0, 16, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkShape(NetworkShape.Architecture.DENSE, 3, 1, 8, 0, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkShape(NetworkShape.Architecture.DENSE, 3, 1, 8, 16, 0));
    }

    /**
     * Of the signals 0, 1 and 2, the first one vanishes; new ones stand behind each of the others, which change places.
     */
    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldScoreTheSameOverOtherSignals(NetworkShape.Architecture kind) {
        NetworkShape from = NetworkExamples.small(kind);
        int[] places = {2, -1, 1, -1};
        NetworkShape shape = from.withSignals(places.length);
        float[] weights = NetworkExamples.weights(from, 26);
        float[] adapted = shape.adapted(weights, from, places, new float[] {9, 0.75f, 9, 0, 9});

        assertThat(adapted).hasSize(shape.weights());
        assertThat(adapted[1]).as("of the new signal").isEqualTo(0.75f);
        adapted[1] = 0;
        List<NetworkExample> before = new ArrayList<>();
        List<NetworkExample> after = new ArrayList<>();
        for (NetworkExample example : NetworkExamples.random(from, 40, 27)) {
            float[] signals = example.signals().clone();
            signals[0] = 0;
            float[] other = {signals[2], 123, signals[1], -45};
            before.add(with(signals, example));
            after.add(with(other, example));
        }
        assertThat(NetworkExamples.logits(shape, adapted, after))
                .containsExactly(NetworkExamples.logits(from, weights, before), within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldKeepAllWeightsOverTheSameSignals(NetworkShape.Architecture kind) {
        NetworkShape shape = NetworkExamples.small(kind);
        float[] weights = NetworkExamples.weights(shape, 28);
        assertThat(shape.adapted(weights, shape, new int[] {0, 1, 2}, new float[4]))
                .containsExactly(weights);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shape.adapted(new float[shape.weights() - 1], shape, new int[3], new float[4]));
    }

    private static NetworkExample with(float[] signals, NetworkExample example) {
        return new NetworkExample(
                signals, example.context(), example.sequence(), example.label(), example.weight(), 0f);
    }
}
