package dev.kombo.learning.network;

import java.util.Arrays;

/**
 * Collects the training examples of the network's next gradient step. Each is a row of floats: label, weight,
 * offset, valid steps of the sequence, signals, and, if the network uses them, context and sequence.
 */
final class MiniBatch {
    private static final int LABEL = 0;
    private static final int WEIGHT = 1;
    private static final int OFFSET = 2;
    private static final int LENGTH = 3;
    private static final int SIGNALS = 4;

    private final NetworkShape shape;
    private final int row;
    private float[] rows;
    private int size;

    /** Restores a batch from its stored rows, which are copied; no rows make an empty batch. */
    MiniBatch(NetworkShape shape, float[] stored) {
        this.shape = shape;
        int context = shape.kind().deep() ? shape.context() : 0;
        int sequence = shape.kind().sequential() ? shape.steps() * shape.stepFeatures() : 0;
        this.row = SIGNALS + shape.signals() + context + sequence;
        if (stored.length % row != 0) {
            throw new IllegalArgumentException(stored.length + " floats are not rows of " + row);
        }
        this.rows = stored.clone();
        this.size = stored.length / row;
    }

    /** The rows to be stored; a copy. */
    float[] stored() {
        return Arrays.copyOf(rows, size * row);
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Whether the arrays of an example have the lengths that the shape requires. */
    boolean fits(NetworkExample example) {
        int sequence = example.sequence().length;
        return example.signals().length == shape.signals()
                && (!shape.kind().deep() || example.context().length == shape.context())
                && (!shape.kind().sequential()
                        || (sequence % shape.stepFeatures() == 0 && sequence <= shape.steps() * shape.stepFeatures()));
    }

    /** Adds an example. */
    void add(NetworkExample example) {
        int start = size * row;
        if (start + row > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(2 * rows.length, start + row));
        }
        Arrays.fill(rows, start, start + row, 0f);
        rows[start + LABEL] = example.label();
        rows[start + WEIGHT] = example.weight();
        rows[start + OFFSET] = example.offset();
        copy(example.signals(), start + SIGNALS);
        if (shape.kind().deep()) {
            copy(example.context(), start + SIGNALS + shape.signals());
        }
        if (shape.kind().sequential()) {
            int length = example.sequence().length / shape.stepFeatures();
            rows[start + LENGTH] = length;
            copy(example.sequence(), start + SIGNALS + shape.signals() + shape.context());
        }
        size++;
    }

    private void copy(float[] source, int start) {
        System.arraycopy(source, 0, rows, start, source.length);
    }

    float label(int example) {
        return rows[example * row + LABEL];
    }

    float weight(int example) {
        return rows[example * row + WEIGHT];
    }

    /** {@link NetworkExample#offset}. */
    float offset(int example) {
        return rows[example * row + OFFSET];
    }

    /** Valid steps of the sequence. */
    int length(int example) {
        return (int) rows[example * row + LENGTH];
    }

    /** Input of the dense layers: a signal, or, from the number of signals on, a context. */
    float input(int example, int input) {
        return rows[example * row + SIGNALS + input];
    }

    /** Feature of a step, 0 being the oldest; 0 past the valid steps. */
    float step(int example, int step, int feature) {
        int sequence = SIGNALS + shape.signals() + shape.context();
        return rows[example * row + sequence + step * shape.stepFeatures() + feature];
    }
}
