package dev.kombo.math;

/**
 * A 64-bit hash that is the same on every machine and in every run: FNV-1a over UTF-16 units, finished with the mixer
 * of SplitMix64 (Steele, Lea, Flood 2014) so that all bits depend on all input.
 *
 * <p>It replaces a random source: starting vectors, negative samples, arms and offer ids are drawn from it. Changing it
 * is a breaking change.
 */
public final class StableHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private StableHash() {}

    /** The hash of a text. */
    public static long of(CharSequence text) {
        return of(text, 0L);
    }

    /** The hash of a text under a seed; different seeds give independent hashes. */
    public static long of(CharSequence text, long seed) {
        return of("", text, seed);
    }

    /** The hash under a seed of a text that begins with a prefix. */
    public static long of(CharSequence prefix, CharSequence rest, long seed) {
        return mix(added(rest, added(prefix, FNV_OFFSET ^ mix(seed))));
    }

    private static long added(CharSequence text, long before) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** SplitMix64's finaliser: a bijection on 64 bits. */
    @SuppressWarnings("MagicNumber") // SplitMix64's own constants.
    public static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Combines two hashes into one that depends on their order. */
    public static long combine(long first, long second) {
        return mix(first * FNV_PRIME ^ second);
    }

    /** Maps a hash to [0, 1). */
    @SuppressWarnings("MagicNumber") // The 53 bits of a double.
    public static double unit(long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }

    /** Maps a hash to [0, bound) with negligible modulo bias. */
    public static int below(long hash, int bound) {
        return (int) Math.floorMod(hash >>> 1, (long) bound);
    }
}
