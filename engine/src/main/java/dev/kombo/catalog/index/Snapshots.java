package dev.kombo.catalog.index;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A growing array of immutable snapshots under ordinals that are given once and never reused. One thread writes, any
 * thread reads without a lock: a snapshot is released into its slot whole, and a grown array is published after it was
 * filled.
 */
final class Snapshots<T> {
    private static final int FIRST_CAPACITY = 64;

    private volatile AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(FIRST_CAPACITY);
    private volatile int size;

    /** The snapshot now under an ordinal in [0, {@link #size}). */
    T get(int ordinal) {
        return slots.getAcquire(ordinal);
    }

    /** Replaces the snapshot under an ordinal. Called by the one writer. */
    void set(int ordinal, T snapshot) {
        slots.setRelease(ordinal, snapshot);
    }

    /** Puts a snapshot under the next ordinal, which is {@link #size}. Called by the one writer. */
    void append(T snapshot) {
        int ordinal = size;
        AtomicReferenceArray<T> current = slots;
        if (ordinal == current.length()) {
            AtomicReferenceArray<T> grown = new AtomicReferenceArray<>(2 * ordinal);
            for (int i = 0; i < ordinal; i++) {
                grown.setPlain(i, current.getPlain(i));
            }
            current = grown;
            slots = grown;
        }
        current.setRelease(ordinal, snapshot);
        size = ordinal + 1;
    }

    /** Number of ordinals given. */
    int size() {
        return size;
    }
}
