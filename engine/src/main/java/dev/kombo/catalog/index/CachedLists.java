package dev.kombo.catalog.index;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * What is derived from the index, by ordinal: computed on first use, by the reading thread, and kept until the writer
 * forgets it. One thread forgets, any thread reads without a lock.
 */
final class CachedLists<T> {
    private final Snapshots<T> lists = new Snapshots<>();
    private final AtomicLong changes = new AtomicLong();

    /** Forgets what was derived for an ordinal. Called by the one writer, after the change. */
    void forget(int ordinal) {
        changes.incrementAndGet();
        while (lists.size() <= ordinal) {
            lists.append(null);
        }
        lists.set(ordinal, null);
    }

    /** What is derived for an ordinal. */
    T get(int ordinal, IntFunction<T> derivation) {
        T known = ordinal < lists.size() ? lists.get(ordinal) : null;
        if (known != null) {
            return known;
        }
        long before = changes.get();
        T derived = derivation.apply(ordinal);
        if (ordinal < lists.size() && changes.get() == before) {
            lists.set(ordinal, derived);
            if (changes.get() != before) {
                // The writer may have forgotten the ordinal just before it was set.
                lists.set(ordinal, null);
            }
        }
        return derived;
    }
}
