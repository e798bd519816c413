package dev.kombo.lab.quality.engine;

import dev.kombo.lab.quality.metrics.TopK;
import dev.kombo.learning.NetworkExample;
import dev.kombo.learning.NetworkKind;
import dev.kombo.learning.NetworkScorer;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.learning.NetworkShape;
import dev.kombo.learning.NetworkState;
import dev.kombo.learning.NetworkTrainer;
import dev.kombo.learning.SequenceRows;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The service's ranker: the linear part of a dense network over all candidates, then the whole of it over the best. Beside
 * it a network that is linear only. Both learn as examples come. Signals of a mask are 0 for both, in examples and in
 * candidates.
 */
public final class TwoStageRanker {
    /** Candidates that the dense network sees. */
    public static final int RERANKED = 200;

    private static final float[] NO_CONTEXT = {};

    private final boolean[] masked;
    private final Net linear;
    private final Net dense;
    private final TopK best;
    private float[] logits = {};
    private final float[][] selected = new float[Signal.count()][RERANKED];
    private final float[] selectedLogits = new float[RERANKED];

    /** A network that is trained and scored at once. */
    private static final class Net {
        private final NetworkShape shape;
        private final NetworkTrainer trainer;
        private final NetworkState state;
        private NetworkScorer scorer;
        private int capacity;

        Net(NetworkKind kind, NetworkSettings settings, long seed) {
            shape = Ranker.shape(kind);
            trainer = new NetworkTrainer(shape, settings, Signal.priorWeights(), seed);
            state = trainer.start();
        }

        void score(float[] weights, float[][] rows, float[] context, int count, float[] into) {
            if (count > capacity) {
                capacity = Math.max(count, 2 * capacity);
                scorer = new NetworkScorer(shape, capacity);
            }
            scorer.score(weights, rows, context, SequenceRows.NONE, count, into);
        }
    }

    /**
     * A ranker that starts from the prior weights.
     *
     * @param masked by ordinal, the signals it does without
     * @param settings of the training of both networks
     */
    public TwoStageRanker(boolean[] masked, NetworkSettings settings, long seed) {
        this.masked = masked.clone();
        this.linear = new Net(NetworkKind.LINEAR, settings, seed);
        this.dense = new Net(NetworkKind.DENSE, settings, seed);
        this.best = new TopK(RERANKED, seed);
    }

    /**
     * Learns from a choice; the arrays are not kept.
     *
     * @param signals of the candidates: the first was wanted, the others were not
     * @param context {@link dev.kombo.ranking.ShopperContext}
     * @param weight how much the choice counts, at least 0
     */
    public void learn(List<float[]> signals, float[] context, float weight) {
        List<NetworkExample> group = new ArrayList<>(signals.size());
        float[] shared = context.clone();
        for (float[] candidate : signals) {
            float[] seen = candidate.clone();
            for (int s = 0; s < seen.length; s++) {
                seen[s] = masked[s] ? 0f : seen[s];
            }
            group.add(NetworkExample.of(seen, shared, group.isEmpty() ? 1f : 0f, weight));
        }
        linear.trainer.learnGroup(linear.state, group);
        dense.trainer.learnGroup(dense.state, group);
    }

    /**
     * Scores of the linear network, one a candidate.
     *
     * @param rows standardised signals, one row each, of which the first {@code size} components hold
     */
    public double[] linear(float[][] rows, int size) {
        return linear(rows, size, linear.state.weights());
    }

    /** Scores of the dense network's linear part, one a candidate: what the service ranks all of them by. */
    public double[] firstStage(float[][] rows, int size) {
        return linear(rows, size, Arrays.copyOf(dense.state.weights(), linear.shape.weights()));
    }

    private double[] linear(float[][] rows, int size, float[] weights) {
        if (size > logits.length) {
            logits = new float[Math.max(size, 2 * logits.length)];
        }
        linear.score(weights, visible(rows), NO_CONTEXT, size, logits);
        double[] scores = new double[size];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = logits[c];
        }
        return scores;
    }

    /**
     * Scores of both stages: the best of the first have those of the dense network, above all others.
     *
     * @param first as {@link #firstStage} answers; negative infinity takes a candidate out
     */
    public double[] rerank(float[][] rows, float[] context, double[] first) {
        int[] top = best.select(first);
        int count = 0;
        for (int candidate : top) {
            if (first[candidate] > Double.NEGATIVE_INFINITY) {
                copyColumn(rows, candidate, count++);
            }
        }
        dense.score(dense.state.weights(), selected, context, count, selectedLogits);
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            lowest = Math.min(lowest, selectedLogits[i]);
        }
        double[] scores = first.clone();
        double above = count == 0 ? 0 : first[top[0]] + 1 - lowest;
        for (int i = 0; i < count; i++) {
            scores[top[i]] = above + selectedLogits[i];
        }
        return scores;
    }

    private void copyColumn(float[][] rows, int from, int to) {
        for (int s = 0; s < rows.length; s++) {
            selected[s][to] = masked[s] ? 0f : rows[s][from];
        }
    }

    private float[][] visible(float[][] rows) {
        float[][] seen = rows.clone();
        for (int s = 0; s < seen.length; s++) {
            if (masked[s]) {
                seen[s] = new float[rows[s].length];
            }
        }
        return seen;
    }

    /** Calibrated probability of candidates given by their signals, under the linear and under the dense network. */
    public double[][] probabilities(float[][] columns, float[] context) {
        float[][] rows = new float[Signal.count()][columns.length];
        for (int c = 0; c < columns.length; c++) {
            for (int s = 0; s < rows.length; s++) {
                rows[s][c] = masked[s] ? 0f : columns[c][s];
            }
        }
        return new double[][] {
            probabilities(linear, rows, context, columns.length), probabilities(dense, rows, context, columns.length)
        };
    }

    private static double[] probabilities(Net net, float[][] rows, float[] context, int count) {
        float[] logits = new float[count];
        net.score(net.state.weights(), rows, context, count, logits);
        double[] probabilities = new double[count];
        Arrays.setAll(probabilities, c -> net.state.calibration().probability(logits[c]));
        return probabilities;
    }
}
