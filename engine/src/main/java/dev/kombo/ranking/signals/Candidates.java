package dev.kombo.ranking.signals;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.math.FactorMath;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import java.util.Arrays;

/**
 * The candidates of one event with their signals, as measured and standardised: one row per signal, one column per
 * candidate. Buffers are reused; nothing is allocated once they have grown. Not thread-safe.
 */
public final class Candidates implements ScoredCandidates {
    private BundleEntry[] entries = new BundleEntry[64];
    private float[][] raw = new float[Signal.count()][64];
    private float[][] standardized = new float[Signal.count()][64];
    private float[] scores = new float[64];
    private int size;

    public void clear() {
        size = 0;
    }

    public void add(BundleEntry entry) {
        if (size == entries.length) {
            int length = 2 * size;
            entries = Arrays.copyOf(entries, length);
            scores = Arrays.copyOf(scores, length);
            for (int s = 0; s < raw.length; s++) {
                raw[s] = Arrays.copyOf(raw[s], length);
                standardized[s] = Arrays.copyOf(standardized[s], length);
            }
        }
        entries[size++] = entry;
    }

    /** Puts the version of a candidate that is offered in its place; what was measured stays. */
    public void replace(int candidate, BundleEntry version) {
        entries[candidate] = version;
    }

    /** Removes the candidates from a position on. */
    public void cut(int to) {
        size = to;
    }

    void set(Signal signal, int candidate, float value) {
        raw[signal.ordinal()][candidate] = value;
    }

    /**
     * Standardises all signals and scores all candidates by the linear part: the intercept plus weights times
     * standardised signals.
     *
     * @param weights one per signal, then the intercept; the rest is ignored
     */
    public void score(float[] weights) {
        Arrays.fill(scores, 0, size, weights[raw.length]);
        for (int s = 0; s < raw.length; s++) {
            float[] row = standardized[s];
            boolean varies = Signal.of(s).standardized()
                    ? Standardizer.standardize(raw[s], row, size)
                    : copyClipped(raw[s], row, size);
            float weight = weights[s];
            if (varies && weight != 0) {
                FactorMath.addScaled(scores, weight, row, size);
            }
        }
    }

    /** Scores all candidates again by other weights than those of {@link #score}, with unchanged signals. */
    public void rescore(float[] weights) {
        combine(weights, weights[raw.length], scores);
    }

    /**
     * Copies a signal that is not standardised, clipped to the bounds of standardised ones; returns whether any value
     * is not 0.
     */
    private static boolean copyClipped(float[] values, float[] row, int count) {
        boolean any = false;
        for (int c = 0; c < count; c++) {
            row[c] = Math.max(-Standardizer.CLIP, Math.min(Standardizer.CLIP, values[c]));
            any |= row[c] != 0;
        }
        return any;
    }

    /** Replaces a score. */
    public void score(int candidate, float score) {
        scores[candidate] = score;
    }

    /** Copies a candidate's standardised signals into a column of another matrix. */
    public void copySignals(int candidate, float[][] rows, int column) {
        for (int s = 0; s < standardized.length; s++) {
            rows[s][column] = standardized[s][candidate];
        }
    }

    /** Signal {@code s} of a candidate, standardised. */
    public float standardized(int signal, int candidate) {
        return standardized[signal][candidate];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int indexOf(long entityHash) {
        for (int c = 0; c < size; c++) {
            if (entries[c].hash() == entityHash) {
                return c;
            }
        }
        return -1;
    }

    @Override
    public BundleEntry bundle(int index) {
        return entries[index];
    }

    @Override
    public float score(int index) {
        return scores[index];
    }

    @Override
    public float value(Signal signal, int index) {
        return raw[signal.ordinal()][index];
    }

    @Override
    public float[] standardized(int index) {
        float[] column = new float[raw.length];
        for (int s = 0; s < column.length; s++) {
            column[s] = standardized[s][index];
        }
        return column;
    }

    @Override
    public float[][] rows() {
        return standardized;
    }
}
