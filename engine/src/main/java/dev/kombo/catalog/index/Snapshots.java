package dev.kombo.catalog.index;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of immutable snapshots by ordinal; ordinals are never reused. One thread writes, any thread reads
 * without a lock: a snapshot is published whole, and a grown array is filled before it is published.
 */
final class Snapshots<T extends @Nullable Object> {
    private static final int FIRST_CAPACITY = 64;

    private volatile AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(FIRST_CAPACITY);
    private volatile int size;

    /** The current snapshot of an ordinal in [0, {@link #size}). */
    T get(int ordinal) {
        return slots.getAcquire(ordinal);
    }

    /** Replaces the snapshot of an ordinal. Called by the one writer. */
    void set(int ordinal, @Nullable T snapshot) {
        slots.setRelease(ordinal, snapshot);
    }

    /** Adds a snapshot under the next ordinal, which is {@link #size}. Called by the one writer. */
    void append(@Nullable T snapshot) {
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

    /** Number of ordinals assigned. */
    int size() {
        return size;
    }
}
