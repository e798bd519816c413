package dev.kombo.profile;

import dev.kombo.codec.Fields;
import dev.kombo.math.Decay;
import dev.kombo.settings.Millis;
import java.util.Arrays;

/**
 * Counts occurrences per thing, with the first and last time of each, for a limited number of things known by hash: the
 * items a shopper bought, the bundles a shopper was offered. The least recent is replaced. Of what was offered it also
 * counts the shopper's clicks and those that were expected, which halve every 120 days. Not thread-safe: only the
 * thread of the shopper's task uses it.
 */
public final class TimedCounts {
    private static final int FIRST_CAPACITY = 8;
    /** Half-life of clicks and expected clicks: 120 days. */
    private static final long HALF_LIFE_MILLIS = 120 * Millis.DAY;

    /** Clicks are kept in parts of one, whole numbers. */
    private static final double PARTS = 10_000;

    /** Most things that an event usually adds: the bundles of an offer. */
    private static final int ROOM = 5;

    private static final int ENTRY_BYTES = 3 * Long.BYTES + Integer.BYTES;

    private final int capacity;
    private long[] hashes = {};
    private int[] counts = {};
    private long[] first = {};
    private long[] last = {};
    private int[] clicks = {};
    private int[] expected = {};
    private int size;

    /**
     * Creates empty counts.
     *
     * @param capacity most things kept
     */
    public TimedCounts(int capacity) {
        this.capacity = capacity;
    }

    /**
     * The fields as they are stored with each event: times as distances, first from the time of the latest event.
     */
    void fields(Fields f, long latest) {
        long before = latest;
        stored(f.size(size));
        for (int i = 0; i < size; i++) {
            hashes[i] = f.fixed(hashes[i]);
            counts[i] = f.number(counts[i]);
            last[i] = f.before(last[i], before);
            first[i] = f.before(first[i], last[i]);
            before = last[i];
        }
        if (f.since(ShopperState.LAYOUT)) {
            responses(f);
        }
        keepMostRecent();
    }

    /** The clicks, of what was seen. */
    private void responses(Fields f) {
        int seen = 0;
        for (int i = nextSeen(0); i < size; i = nextSeen(i + 1)) {
            seen++;
        }
        seen = f.size(seen);
        for (int i = -1, s = 0; s < seen; s++) {
            i = f.number(nextSeen(i + 1));
            clicks[i] = f.number(clicks[i]);
            expected[i] = f.number(expected[i]);
        }
    }

    private int nextSeen(int from) {
        int i = from;
        while (i < size && clicks[i] == 0 && expected[i] == 0) {
            i++;
        }
        return i;
    }

    /** The fields as they are stored with a purchase. */
    void fields(Fields f) {
        stored(f.size(size, ENTRY_BYTES));
        for (int i = 0; i < size; i++) {
            hashes[i] = f.fixed(hashes[i]);
            counts[i] = f.fixed(counts[i]);
            first[i] = f.fixed(first[i]);
            last[i] = f.fixed(last[i]);
        }
        keepMostRecent();
    }

    /** Makes room for the things of the store, and for those of one more event. */
    private void stored(int things) {
        if (things > hashes.length) {
            allocate(Math.max(things, Math.min(capacity, things + ROOM)));
        }
        size = things;
    }

    /** More may be stored than fits now. */
    private void keepMostRecent() {
        while (size > capacity) {
            drop(leastRecent());
        }
    }

    private void drop(int index) {
        size--;
        copy(this, size, index);
    }

    private void copy(TimedCounts from, int source, int index) {
        set(index, from.hashes[source], from.counts[source], from.first[source], from.last[source]);
        clicks[index] = from.clicks[source];
        expected[index] = from.expected[source];
    }

    private void set(int index, long hash, int count, long firstTime, long lastTime) {
        hashes[index] = hash;
        counts[index] = count;
        first[index] = firstTime;
        last[index] = lastTime;
        clicks[index] = 0;
        expected[index] = 0;
    }

    /** Decays the clicks to a later last time. */
    private void latest(int index, long time) {
        if (time > last[index]) {
            double kept = kept(last[index], time);
            clicks[index] = (int) Math.round(clicks[index] * kept);
            expected[index] = (int) Math.round(expected[index] * kept);
            last[index] = time;
        }
    }

    /** The share of clicks at one time that is left at another, epoch milliseconds. */
    public static double kept(long from, long to) {
        return Decay.factor((double) to - from, HALF_LIFE_MILLIS);
    }

    /** Counts one more occurrence; a late one does not move the last time back. */
    public void add(long hash, long time) {
        int index = indexOf(hash);
        if (index >= 0) {
            counts[index]++;
            first[index] = Math.min(first[index], time);
            latest(index, time);
            return;
        }
        set(size < capacity ? append() : leastRecent(), hash, 1, time, time);
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
            long hash = other.hashes[i];
            int index = indexOf(hash);
            if (index < 0) {
                if (size < capacity || last[leastRecent()] < other.last[i]) {
                    int free = size < capacity ? append() : leastRecent();
                    copy(other, i, free);
                }
                continue;
            }
            long own = last[index];
            int ownClicks = clicks[index];
            int ownExpected = expected[index];
            if (other.first[i] - last[index] >= window) {
                set(index, hash, other.counts[i], other.first[i], other.last[i]);
            } else if (first[index] - other.last[i] < window) {
                counts[index] += other.counts[i];
                first[index] = Math.min(first[index], other.first[i]);
                last[index] = Math.max(last[index], other.last[i]);
            }
            double kept = kept(own, last[index]);
            double theirs = kept(other.last[i], last[index]);
            clicks[index] = (int) Math.round(ownClicks * kept + other.clicks[i] * theirs);
            expected[index] = (int) Math.round(ownExpected * kept + other.expected[i] * theirs);
        }
    }

    /**
     * Counts clicks on a thing that was offered lately; nothing where it is not known.
     *
     * @param clicked 1 for a click, -1 where it is taken back, else 0
     * @param probability how many clicks were expected
     */
    public void responded(long hash, int clicked, double probability) {
        int index = indexOf(hash);
        if (index >= 0) {
            // A click that is taken back may have faded already.
            clicks[index] = Math.max(0, clicks[index] + (int) (clicked * PARTS));
            expected[index] += (int) Math.round(probability * PARTS);
        }
    }

    /** Subtracts one occurrence, for a return; the thing is dropped at 0. */
    public void remove(long hash) {
        int index = indexOf(hash);
        if (index >= 0 && --counts[index] <= 0) {
            drop(index);
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

    /** Clicks on thing {@code index}, decayed to its last time. */
    public double clicksAt(int index) {
        return clicks[index] / PARTS;
    }

    /** Clicks expected on thing {@code index}, decayed to its last time. */
    public double expectedAt(int index) {
        return expected[index] / PARTS;
    }

    private int append() {
        if (size == hashes.length) {
            allocate(Math.min(capacity, Math.max(FIRST_CAPACITY, size * 2)));
        }
        return size++;
    }

    private void allocate(int things) {
        hashes = Arrays.copyOf(hashes, things);
        counts = Arrays.copyOf(counts, things);
        first = Arrays.copyOf(first, things);
        last = Arrays.copyOf(last, things);
        clicks = Arrays.copyOf(clicks, things);
        expected = Arrays.copyOf(expected, things);
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
