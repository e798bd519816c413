package dev.kombo.engine.task;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stored rows of one task by key, of which the task is the only writer. Not thread-safe.
 *
 * <p>What a task has put into its tables while it handled one input is kept together with what it emitted, or not at
 * all.
 *
 * @param <K> keys
 * @param <V> values; a task passes a changed value to {@link #put}, as a table may hold a copy
 */
public interface Table<K, V> {
    /** Returns the value of a key; null if there is none. */
    @Nullable
    V get(K key);

    /** Sets the value of a key. */
    void put(K key, V value);

    /** Removes a key and its value; does nothing if there is none. */
    void delete(K key);

    /**
     * Visits rows in the order of their keys, which is that of their bytes in UTF-8. The visitor must not change the
     * table.
     *
     * @param first the smallest key of the range; null: the range begins with the first row
     * @param end the first key behind the range; null: the range ends with the last row
     * @param most how many rows are visited at most, at least 1
     * @return whether the range has been visited to its end
     */
    boolean range(@Nullable K first, @Nullable K end, int most, Visitor<K, V> visitor);

    /**
     * Is called for each row of a range.
     *
     * @param <K> keys
     * @param <V> values
     */
    @FunctionalInterface
    interface Visitor<K, V> {
        /**
         * Visits a row.
         *
         * @param value returns the row's value, once; reading it may fail, and the rows after it can still be visited
         */
        void row(K key, Supplier<V> value);
    }
}
