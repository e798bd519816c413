package dev.kombo.catalog.index;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache of values computed from the catalogue index, such as the bundles that contain an item, by ordinal. A value is
 * computed by the thread that first needs it, and kept until the writer of the index drops it. One thread drops, any
 * thread reads without a lock.
 */
final class OrdinalCache<T> {
    private final AtomicLong changes = new AtomicLong();
    private volatile AtomicReferenceArray<T> lists = new AtomicReferenceArray<>(64);

    /** Forgets what was derived for an ordinal. Called by the one writer, after the change. */
    void forget(int ordinal) {
        changes.incrementAndGet();
        AtomicReferenceArray<T> current = lists;
        if (ordinal < current.length()) {
            current.set(ordinal, null);
        } else {
            // Empty, not copied: a reader could still write to the array that is copied.
            lists = new AtomicReferenceArray<>(2 * ordinal);
        }
    }

    /** What is kept for an ordinal, or null. */
    @Nullable
    T kept(int ordinal) {
        AtomicReferenceArray<T> current = lists;
        return ordinal < current.length() ? current.get(ordinal) : null;
    }

    /**
     * Derives what belongs to an ordinal, and keeps it unless the writer has changed something meanwhile.
     *
     * @param derivation changes nothing that other threads see; its result is not null and never changes
     */
    T derive(int ordinal, IntFunction<T> derivation) {
        AtomicReferenceArray<T> current = lists;
        long before = changes.get();
        T derived = derivation.apply(ordinal);
        if (ordinal < current.length() && changes.get() == before) {
            current.set(ordinal, derived);
            if (changes.get() != before) {
                // The writer may have forgotten the ordinal just before it was set.
                current.set(ordinal, null);
            }
        }
        return derived;
    }
}
