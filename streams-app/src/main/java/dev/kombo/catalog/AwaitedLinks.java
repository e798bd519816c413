package dev.kombo.catalog;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Counts of pairs of which one target is not known yet, by the hash of that target. Models come in any order after a
 * restart; without this, what a pair scores would depend on which of the two came first. Touched by one thread.
 */
final class AwaitedLinks {
    private final Map<Long, Owners> byTarget = new HashMap<>();

    private static final class Owners {
        private int[] codes = new int[2];
        private float[] counts = new float[2];
        private int size;
    }

    /** Keeps the count of a pair. */
    void add(long target, int owner, float count) {
        Owners owners = byTarget.computeIfAbsent(target, none -> new Owners());
        if (owners.size == owners.codes.length) {
            owners.codes = Arrays.copyOf(owners.codes, 2 * owners.size);
            owners.counts = Arrays.copyOf(owners.counts, 2 * owners.size);
        }
        owners.codes[owners.size] = owner;
        owners.counts[owners.size++] = count;
    }

    /** Forgets the count of a pair, if it is kept. */
    void remove(long target, int owner) {
        Owners owners = byTarget.get(target);
        if (owners == null) {
            return;
        }
        for (int i = 0; i < owners.size; i++) {
            if (owners.codes[i] == owner) {
                owners.size--;
                owners.codes[i] = owners.codes[owners.size];
                owners.counts[i] = owners.counts[owners.size];
                break;
            }
        }
        if (owners.size == 0) {
            byTarget.remove(target);
        }
    }

    /** Hands out the counts kept for a target, by owner, and forgets them. */
    void take(long target, BiConsumer<Integer, Float> taker) {
        Owners owners = byTarget.remove(target);
        for (int i = 0; owners != null && i < owners.size; i++) {
            taker.accept(owners.codes[i], owners.counts[i]);
        }
    }
}
