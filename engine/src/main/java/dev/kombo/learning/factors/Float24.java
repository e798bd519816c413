package dev.kombo.learning.factors;

/**
 * Counts in 24 bits: the single precision of IEEE 754 without its sign and its last 7 bits. Rounded to the nearest, so
 * that a value is off by at most 2^-17 of itself; what is added to a count above 2^17 times as large is lost.
 */
final class Float24 {
    static final int BITS = 24;
    static final int MASK = (1 << BITS) - 1;

    private static final int DROPPED = 7;
    private static final float LARGEST = Float.intBitsToFloat(0x7f7fff80);

    private Float24() {}

    /**
     * The nearest 24 bits.
     *
     * @param value at least 0; what is larger than the largest is cut to it
     */
    static int encode(float value) {
        return (Float.floatToRawIntBits(Math.min(value, LARGEST)) + (1 << (DROPPED - 1))) >>> DROPPED;
    }

    static float decode(int bits) {
        return Float.intBitsToFloat((bits & MASK) << DROPPED);
    }
}
