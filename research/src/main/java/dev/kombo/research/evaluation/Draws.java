package dev.kombo.research.evaluation;

import dev.kombo.math.StableHash;
import java.util.Arrays;

/** Random draws of an evaluation that depend only on a name and a seed. */
final class Draws {
    private final long hash;
    private long next;

    Draws(String name, long seed) {
        hash = StableHash.of(name, seed);
    }

    /** Returns a number in [0, bound), bound at least 1. */
    int below(int bound) {
        return StableHash.below(StableHash.mix(StableHash.combine(hash, next++)), bound);
    }

    /** Draws at most that many of the numbers without replacement, in the order drawn; reorders the array. */
    int[] some(int[] numbers, int most) {
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
