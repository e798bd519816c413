package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import java.util.Arrays;

/**
 * All candidates of one request with their standardised signals, one row a signal, kept until it is loaded anew: the
 * ranker's own answer does not outlive its next request. Buffers are used again.
 */
final class SignalTable {
    private final float[][] rows = new float[Signal.count()][64];
    private final float[][] values = new float[Signal.count()][64];
    private BundleEntry[] entries = new BundleEntry[64];
    private int size;

    /** Takes over what was scored. */
    void load(ScoredCandidates scored) {
        size = scored.size();
        if (size > entries.length) {
            int length = Math.max(size, 2 * entries.length);
            entries = new BundleEntry[length];
            for (int s = 0; s < rows.length; s++) {
                rows[s] = new float[length];
                values[s] = new float[length];
            }
        }
        for (int c = 0; c < size; c++) {
            entries[c] = scored.bundle(c);
        }
        for (int s = 0; s < values.length; s++) {
            System.arraycopy(scored.rows()[s], 0, rows[s], 0, size);
            Signal signal = Signal.of(s);
            for (int c = 0; c < size; c++) {
                values[s][c] = scored.value(signal, c);
            }
        }
    }

    int size() {
        return size;
    }

    BundleEntry entry(int candidate) {
        return entries[candidate];
    }

    /** Standardised signals, one row each; only the first {@link #size} components hold. */
    float[][] rows() {
        return rows;
    }

    /** A signal as measured, one a candidate; a copy. */
    double[] values(Signal signal) {
        double[] copy = new double[size];
        for (int c = 0; c < size; c++) {
            copy[c] = values[signal.ordinal()][c];
        }
        return copy;
    }

    /** Standardised signals of a candidate; a copy. */
    float[] column(int candidate) {
        float[] column = new float[rows.length];
        for (int s = 0; s < column.length; s++) {
            column[s] = rows[s][candidate];
        }
        return column;
    }

    /** Lets go of what it refers to. */
    void clear() {
        Arrays.fill(entries, null);
        size = 0;
    }
}
