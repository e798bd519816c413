package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.Logistic;
import dev.kombo.learning.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkScorerTest {
    private static final int LARGEST = 70;

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldEqualTheReferenceForAnyCountAndLength(NetworkShape.Architecture kind) {
        NetworkShape shape = new NetworkShape(kind, 27, 8, 64, 16, 5);
        float[] weights = NetworkExamples.weights(shape, 3);
        NetworkScorer scorer = new NetworkScorer(shape, LARGEST);
        float[] logits = new float[LARGEST];
        // Down and up again: what a larger request left in the buffers must not be seen.
        for (int count : new int[] {LARGEST, 1, 2, 17, 50, 0, 33}) {
            for (int length : new int[] {shape.steps(), 0, 1, 2, 5}) {
                Request request = new Request(shape, count, length, 31L * count + length);
                scorer.score(weights, request.signals, request.context, request.sequence, count, logits);
                double[] expected = NetworkExamples.logits(shape, weights, request.examples(shape));
                for (int c = 0; c < count; c++) {
                    assertThat((double) logits[c])
                            .isCloseTo(expected[c], within(1e-4 * Math.max(1, Math.abs(expected[c]))));
                }
            }
        }
    }

    @Test
    void shouldEqualTheReferenceWhenSignalsAreZero() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.DENSE, 27, 8, 64, 16, 5);
        float[] weights = NetworkExamples.weights(shape, 5);
        Random random = new Random(11);
        for (int zeros = 0; zeros <= 27; zeros++) {
            Request request = new Request(shape, 9, 0, zeros);
            for (float[] row : request.signals) {
                for (int c = 0; c < 9; c++) {
                    row[c] = random.nextInt(27) < zeros ? 0f : row[c];
                }
            }
            float[] logits = new float[9];
            new NetworkScorer(shape, 9).score(weights, request.signals, request.context, request.sequence, 9, logits);
            double[] expected = NetworkExamples.logits(shape, weights, request.examples(shape));
            for (int c = 0; c < 9; c++) {
                assertThat((double) logits[c])
                        .isCloseTo(expected[c], within(1e-4 * Math.max(1, Math.abs(expected[c]))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldScoreByThePriorOnDayOne(NetworkShape.Architecture kind) {
        NetworkShape shape = new NetworkShape(kind, 4, 3, 64, 16, 5);
        float[] prior = {1f, -2f, 0.5f, 0f, 0.25f};
        Request request = new Request(shape, 9, 5, 1);
        float[] logits = new float[9];
        new NetworkScorer(shape, 9)
                .score(shape.start(prior, 7), request.signals, request.context, request.sequence, 9, logits);
        for (int c = 0; c < 9; c++) {
            float expected = request.signals[0][c] - 2 * request.signals[1][c] + 0.5f * request.signals[2][c] + 0.25f;
            assertThat(logits[c]).isCloseTo(expected, within(1e-5f));
        }
    }

    @Test
    void shouldStayFiniteWhenGatesSaturate() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.RECURRENT, 2, 0, 64, 16, 5);
        float[] weights = NetworkExamples.weights(shape, 3);
        for (int i = shape.offset(NetworkBlock.STEP_GATES); i < shape.offset(NetworkBlock.FIRST); i++) {
            weights[i] *= 1e6f;
        }
        Request request = new Request(shape, 5, 16, 1);
        float[] logits = new float[5];
        new NetworkScorer(shape, 5).score(weights, request.signals, request.context, request.sequence, 5, logits);
        double[] expected = NetworkExamples.logits(shape, weights, request.examples(shape));
        for (int c = 0; c < 5; c++) {
            assertThat((double) logits[c]).isCloseTo(expected[c], within(1e-3));
        }
    }

    @Test
    void shouldApproximateTheHyperbolicTangentAndTheLogisticFunction() {
        for (float x = -30; x <= 30; x += 0.01f) {
            float[] tangent = {x};
            float[] logistic = {x};
            Rows.tanh(tangent, 1);
            Rows.sigmoid(logistic, 1);
            assertThat((double) tangent[0]).isCloseTo(Math.tanh(x), within(1e-6));
            assertThat((double) logistic[0]).isCloseTo(Logistic.sigmoid(x), within(1e-6));
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.CONVOLUTION, 4, 3, 64, 16, 5);
        float[] weights = new float[shape.weights()];
        NetworkScorer scorer = new NetworkScorer(shape, 5);
        Request request = new Request(shape, 5, 2, 1);
        float[] logits = new float[6];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scorer.score(weights, request.signals, request.context, request.sequence, 6, logits));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scorer.score(weights, request.signals, new float[2], request.sequence, 5, logits));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        scorer.score(new float[3], request.signals, request.context, request.sequence, 5, logits));
        SequenceRows shortRows = new SequenceRows(request.sequence.rows(), shape.steps());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scorer.score(weights, request.signals, request.context, shortRows, 5, logits));
        assertThatIllegalArgumentException().isThrownBy(() -> new SequenceRows(new float[0][], -1));
    }

    private static final class Request {
        final float[][] signals;
        final float[] context;
        final SequenceRows sequence;
        final int count;

        Request(NetworkShape shape, int count, int length, long seed) {
            Random random = new Random(seed);
            this.count = count;
            this.signals = rows(random, shape.signals());
            this.context = NetworkExamples.gaussians(random, shape.context());
            this.sequence = new SequenceRows(rows(random, length * shape.stepFeatures()), length);
        }

        private float[][] rows(Random random, int size) {
            float[][] rows = new float[size][];
            for (int i = 0; i < size; i++) {
                rows[i] = NetworkExamples.gaussians(random, count);
            }
            return rows;
        }

        List<NetworkExample> examples(NetworkShape shape) {
            List<NetworkExample> examples = new ArrayList<>();
            for (int c = 0; c < count; c++) {
                float[] steps = column(sequence.rows(), sequence.length() * shape.stepFeatures(), c);
                examples.add(new NetworkExample(column(signals, shape.signals(), c), context, steps, 0f, 1f, 0f));
            }
            return examples;
        }

        private static float[] column(float[][] rows, int size, int candidate) {
            float[] column = new float[size];
            for (int i = 0; i < size; i++) {
                column[i] = rows[i][candidate];
            }
            return column;
        }
    }
}
