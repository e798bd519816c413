package dev.kombo.profile;

import dev.kombo.codec.Fields;
import dev.kombo.math.StableHash;
import java.util.Arrays;

/**
 * The ids of a shopper's latest events, for de-duplication: at most {@code capacity}, none older than {@code maxAge}.
 * Ids are stored as 64-bit hashes: among 256 ids a chance collision has a probability of about 2e-15 per event. Not
 * thread-safe: only the thread of the shopper's task uses it.
 */
public final class RecentEventIds {
    private static final int FIRST_CAPACITY = 8;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final int capacity;
    private final long maxAge;
    private long[] hashes = {};
    private long[] times = {};
    private int size;

    /**
     * Creates an empty set of ids.
     *
     * @param capacity most ids kept
     * @param maxAge longest time an id is kept, milliseconds, measured against the latest event
     */
    public RecentEventIds(int capacity, long maxAge) {
        this.capacity = capacity;
        this.maxAge = maxAge;
    }

    /** The fields as they are stored with each event: times as distances, first from the time of the latest event. */
    void fields(Fields f, long latest) {
        long before = latest;
        stored(f.size(size));
        for (int i = 0; i < size; i++) {
            hashes[i] = f.fixed(hashes[i]);
            times[i] = f.before(times[i], before);
            before = times[i];
        }
        removeFirst(size - capacity);
    }

    /** The fields as they are stored with a purchase. */
    void fields(Fields f) {
        stored(f.size(size, ENTRY_BYTES));
        for (int i = 0; i < size; i++) {
            hashes[i] = f.fixed(hashes[i]);
            times[i] = f.fixed(times[i]);
        }
        removeFirst(size - capacity);
    }

    /** Makes room for the ids of the store, which may be more than fit now, and for one more. */
    private void stored(int ids) {
        if (ids > hashes.length) {
            allocate(Math.max(ids, Math.min(capacity, ids + 1)));
        }
        size = ids;
    }

    private void allocate(int ids) {
        hashes = Arrays.copyOf(hashes, ids);
        times = Arrays.copyOf(times, ids);
    }

    /** Hash of id {@code index}, 0 being the oldest. */
    public long hash(int index) {
        return hashes[index];
    }

    /** Whether the id is stored. */
    public boolean contains(String eventId) {
        return contains(StableHash.of(eventId));
    }

    boolean contains(long hash) {
        for (int i = size - 1; i >= 0; i--) {
            if (hashes[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds an id.
     *
     * @param eventId the event's id
     * @param time the event's time
     * @param latest latest time known of the shopper, from which ages are measured
     */
    public void add(String eventId, long time, long latest) {
        dropOlderThan(latest - maxAge);
        append(StableHash.of(eventId), time);
    }

    /** Adds the ids of another set, in the order of their times. Duplicates are kept once; the oldest are dropped. */
    void absorb(RecentEventIds other) {
        RecentEventIds merged = new RecentEventIds(capacity, maxAge);
        merged.allocate(Math.min(capacity, size + other.size + 1));
        int mine = 0;
        int theirs = 0;
        while (mine < size || theirs < other.size) {
            boolean own = theirs == other.size || (mine < size && times[mine] <= other.times[theirs]);
            long hash = own ? hashes[mine] : other.hashes[theirs];
            long time = own ? times[mine++] : other.times[theirs++];
            if (!merged.contains(hash)) {
                merged.append(hash, time);
            }
        }
        hashes = merged.hashes;
        times = merged.times;
        size = merged.size;
    }

    private void append(long hash, long time) {
        if (size == capacity) {
            removeFirst(1);
        } else if (size == hashes.length) {
            allocate(Math.min(capacity, Math.max(FIRST_CAPACITY, size * 2)));
        }
        hashes[size] = hash;
        times[size++] = time;
    }

    private void dropOlderThan(long oldest) {
        int stale = 0;
        while (stale < size && times[stale] < oldest) {
            stale++;
        }
        removeFirst(stale);
    }

    private void removeFirst(int count) {
        if (count > 0) {
            System.arraycopy(hashes, count, hashes, 0, size - count);
            System.arraycopy(times, count, times, 0, size - count);
            size -= count;
        }
    }

    /** Number of ids kept. */
    public int size() {
        return size;
    }
}
