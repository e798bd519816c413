package dev.kombo.catalog.index;

import java.util.Arrays;

/**
 * Selects the entries with the largest keys, largest first, ties by the smaller hash: insertion into a sorted array
 * behind a threshold, which is faster than a heap for short lists. Keys that are NaN are ignored. Not thread-safe.
 */
public final class TopSelection {
    private double[] keys = new double[32];
    private long[] hashes = new long[32];
    private int[] ordinals = new int[32];
    private int capacity;
    private int size;

    /** Clears it and sets how many entries to keep. */
    public TopSelection reset(int most) {
        if (most > keys.length) {
            keys = new double[most];
            hashes = new long[most];
            ordinals = new int[most];
        }
        capacity = most;
        size = 0;
        return this;
    }

    /** Offers an entry. */
    public void offer(double key, long hash, int ordinal) {
        if (Double.isNaN(key) || capacity == 0 || (size == capacity && !before(key, hash, size - 1))) {
            return;
        }
        int at = size < capacity ? size++ : size - 1;
        while (at > 0 && before(key, hash, at - 1)) {
            keys[at] = keys[at - 1];
            hashes[at] = hashes[at - 1];
            ordinals[at] = ordinals[at - 1];
            at--;
        }
        keys[at] = key;
        hashes[at] = hash;
        ordinals[at] = ordinal;
    }

    /** Whether a key is too small to be kept, so that the rest of an entry need not be computed. */
    public boolean refuses(double key) {
        return capacity == 0 || (size == capacity && key < keys[size - 1]);
    }

    private boolean before(double key, long hash, int index) {
        return key > keys[index] || (key == keys[index] && hash < hashes[index]);
    }

    /** Key of entry {@code index}, 0 having the largest. */
    public double key(int index) {
        return keys[index];
    }

    /** Number of entries kept. */
    public int size() {
        return size;
    }

    /** The entries kept, largest key first. */
    public int[] ordinals() {
        return Arrays.copyOf(ordinals, size);
    }

    /** Entry {@code index}, 0 having the largest key. */
    public int ordinal(int index) {
        return ordinals[index];
    }
}
