package dev.kombo.catalog.index;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Maps 64-bit hashes to small integers by open addressing with linear probing, without boxing. Entries are never
 * removed. One thread writes, any thread reads without a lock: a value is written before its key is released, and a
 * grown table is filled before it is published.
 */
final class HashOrdinals {
    /** Returned for a hash that is not in the map. */
    static final int ABSENT = -1;

    private static final int FIRST_CAPACITY = 64;

    private static final class Table {
        final AtomicLongArray keys;
        final int[] ordinals;
        final int mask;

        Table(int capacity) {
            keys = new AtomicLongArray(capacity);
            ordinals = new int[capacity];
            mask = capacity - 1;
        }

        void put(long key, int ordinal) {
            int slot = (int) key & mask;
            while (keys.getPlain(slot) != 0) {
                slot = (slot + 1) & mask;
            }
            ordinals[slot] = ordinal;
            keys.setRelease(slot, key);
        }
    }

    private volatile Table table = new Table(FIRST_CAPACITY);
    private int size;

    /** The ordinal of a hash, or {@link #ABSENT}. */
    int get(long hash) {
        long key = key(hash);
        Table current = table;
        int slot = (int) key & current.mask;
        while (true) {
            long found = current.keys.getAcquire(slot);
            if (found == key) {
                return current.ordinals[slot];
            }
            if (found == 0) {
                return ABSENT;
            }
            slot = (slot + 1) & current.mask;
        }
    }

    /** Adds a hash that is not in the map. Called by the one writer. */
    void add(long hash, int ordinal) {
        Table current = table;
        if (2 * (size + 1) > current.ordinals.length) {
            current = grown(current);
            table = current;
        }
        current.put(key(hash), ordinal);
        size++;
    }

    private static Table grown(Table small) {
        Table large = new Table(small.ordinals.length * 2);
        for (int slot = 0; slot < small.ordinals.length; slot++) {
            long key = small.keys.getPlain(slot);
            if (key != 0) {
                large.put(key, small.ordinals[slot]);
            }
        }
        return large;
    }

    /** 0 marks a free slot. */
    private static long key(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
