package dev.kombo.profile;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts occurrences per thing, with the first and last time of each, for a limited number of things known by hash: the
 * items a shopper bought, the bundles a shopper was offered. The least recent is replaced. Not thread-safe; used only
 * by the stream thread that owns the shopper's partition.
 */
public final class TimedCounts {
    private static final int ENTRY_BYTES = 3 * Long.BYTES + Integer.BYTES;

    private final int capacity;
    private long[] hashes;
    private int[] counts;
    private long[] first;
    private long[] last;
    private int size;

    /**
     * Creates empty counts.
     *
     * @param capacity most things kept
     */
    public TimedCounts(int capacity) {
        this(capacity, Math.min(capacity, 8));
    }

    private TimedCounts(int capacity, int allocated) {
        this.capacity = capacity;
        hashes = new long[allocated];
        counts = new int[allocated];
        first = new long[allocated];
        last = new long[allocated];
    }

    /** Reads what {@link #write} wrote; where more is stored than fits, the most recent are kept. */
    public static TimedCounts read(ByteBuffer bytes, int capacity) {
        int stored = bytes.remaining() / ENTRY_BYTES;
        TimedCounts counts = new TimedCounts(capacity, Math.max(1, Math.min(capacity, stored)));
        for (int i = 0; i < stored; i++) {
            counts.restore(bytes.getLong(), bytes.getInt(), bytes.getLong(), bytes.getLong());
        }
        return counts;
    }

    /** Restores a stored count; where more is stored than fits, the most recent are kept. */
    public void restore(long hash, int count, long firstTime, long lastTime) {
        if (size == capacity && last[leastRecent()] >= lastTime) {
            return;
        }
        int index = size < capacity ? append() : leastRecent();
        hashes[index] = hash;
        set(index, count, firstTime, lastTime);
    }

    private void set(int index, int count, long firstTime, long lastTime) {
        counts[index] = count;
        first[index] = firstTime;
        last[index] = lastTime;
    }

    /** Encodes all counts: hash, count, first and last time of each. */
    public ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(size * ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putLong(hashes[i]).putInt(counts[i]).putLong(first[i]).putLong(last[i]);
        }
        return bytes.flip();
    }

    /** Counts one more occurrence; a late one does not move the last time back. */
    public void add(long hash, long time) {
        int index = indexOf(hash);
        if (index >= 0) {
            counts[index]++;
            first[index] = Math.min(first[index], time);
            last[index] = Math.max(last[index], time);
            return;
        }
        index = size < capacity ? append() : leastRecent();
        hashes[index] = hash;
        counts[index] = 1;
        first[index] = time;
        last[index] = time;
    }

    /**
     * Counts one more occurrence; if the last one is at least a window ago, the count starts again. So a cap on the
     * count is a cap on any window.
     */
    public void addWithin(long hash, long time, long window) {
        int index = indexOf(hash);
        if (index >= 0 && time - last[index] >= window) {
            counts[index] = 0;
            first[index] = time;
        }
        add(hash, time);
    }

    /**
     * Adds the counts of another. Where the last times of a thing are at least a window apart, only the later count is
     * kept, as in {@link #addWithin}.
     *
     * @param window milliseconds; {@link Long#MAX_VALUE}: counts are always added
     */
    void absorb(TimedCounts other, long window) {
        for (int i = 0; i < other.size; i++) {
            int index = indexOf(other.hashes[i]);
            if (index < 0) {
                restore(other.hashes[i], other.counts[i], other.first[i], other.last[i]);
            } else if (other.first[i] - last[index] >= window) {
                set(index, other.counts[i], other.first[i], other.last[i]);
            } else if (first[index] - other.last[i] < window) {
                set(
                        index,
                        counts[index] + other.counts[i],
                        Math.min(first[index], other.first[i]),
                        Math.max(last[index], other.last[i]));
            }
        }
    }

    /** Subtracts one occurrence, for a return; the thing is dropped at 0. */
    public void remove(long hash) {
        int index = indexOf(hash);
        if (index >= 0 && --counts[index] <= 0) {
            size--;
            hashes[index] = hashes[size];
            counts[index] = counts[size];
            first[index] = first[size];
            last[index] = last[size];
        }
    }

    /** Number of occurrences of the thing; 0 where it is not known. */
    public int count(long hash) {
        int index = indexOf(hash);
        return index < 0 ? 0 : counts[index];
    }

    /** First time, epoch milliseconds; {@link Long#MIN_VALUE} where it is not known. */
    public long firstTime(long hash) {
        int index = indexOf(hash);
        return index < 0 ? Long.MIN_VALUE : first[index];
    }

    /** Last time, epoch milliseconds; {@link Long#MIN_VALUE} where it is not known. */
    public long lastTime(long hash) {
        int index = indexOf(hash);
        return index < 0 ? Long.MIN_VALUE : last[index];
    }

    /** Number of things known. */
    public int size() {
        return size;
    }

    /** Hash of thing {@code index}, in no particular order. */
    public long hash(int index) {
        return hashes[index];
    }

    /** Number of occurrences of thing {@code index}. */
    public int countAt(int index) {
        return counts[index];
    }

    /** Last time of thing {@code index}, epoch milliseconds. */
    public long lastTimeAt(int index) {
        return last[index];
    }

    /** First time of thing {@code index}, epoch milliseconds. */
    public long firstTimeAt(int index) {
        return first[index];
    }

    private int append() {
        if (size == hashes.length) {
            int grown = Math.min(capacity, size * 2);
            hashes = Arrays.copyOf(hashes, grown);
            counts = Arrays.copyOf(counts, grown);
            first = Arrays.copyOf(first, grown);
            last = Arrays.copyOf(last, grown);
        }
        return size++;
    }

    private int leastRecent() {
        int oldest = 0;
        for (int i = 1; i < size; i++) {
            if (last[i] < last[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    private int indexOf(long hash) {
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        return -1;
    }
}
