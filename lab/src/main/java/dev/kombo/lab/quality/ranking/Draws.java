package dev.kombo.lab.quality.ranking;

import dev.kombo.catalog.StableHash;
import java.util.Arrays;

/** A sequence of draws that a name and a seed decide. */
public final class Draws {
    private final long hash;
    private long next;

    /** Draws that nothing else shares. */
    public Draws(String name, long seed) {
        hash = StableHash.of(name, seed);
    }

    /** A number in [0, bound), bound at least 1. */
    public int below(int bound) {
        return StableHash.below(StableHash.mix(StableHash.combine(hash, next++)), bound);
    }

    /** Some of the numbers, at most that many, in the order drawn; changes the order of the array. */
    public int[] some(int[] numbers, int most) {
        int count = Math.min(most, numbers.length);
        for (int i = 0; i < count; i++) {
            int j = i + below(numbers.length - i);
            int number = numbers[j];
            numbers[j] = numbers[i];
            numbers[i] = number;
        }
        return Arrays.copyOf(numbers, count);
    }
}
