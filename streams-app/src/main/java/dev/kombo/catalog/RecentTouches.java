package dev.kombo.catalog;

/**
 * Ordinals of what was touched last, once a touch: a draw from it is a draw by popularity. Written by one thread, read
 * by any; a reader may get an ordinal that is a moment old, never one that was not given.
 */
final class RecentTouches {
    /** Touches remembered, a power of 2. */
    private static final int CAPACITY = 1 << 13;

    /** Touches taken from one publication at most: after a restart the first one carries all there ever were. */
    private static final int MOST_A_PUBLICATION = 16;

    private final int[] ordinals = new int[CAPACITY];
    private volatile long count;

    /** Remembers touches of one target. Called by the one writer. */
    void add(int ordinal, long touches) {
        long end = count;
        for (int i = 0; i < Math.min(touches, MOST_A_PUBLICATION); i++) {
            ordinals[(int) (end & (CAPACITY - 1))] = ordinal;
            end++;
        }
        count = end;
    }

    /** An ordinal by a hash to draw with, or {@link CatalogIndex#UNKNOWN} where nothing was touched yet. */
    int draw(long hash) {
        int size = (int) Math.min(CAPACITY, count);
        return size == 0 ? CatalogIndex.UNKNOWN : ordinals[StableHash.below(hash, size)];
    }
}
