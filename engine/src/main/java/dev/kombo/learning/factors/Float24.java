package dev.kombo.learning.factors;

/**
 * Encodes counts in 24 bits: IEEE 754 single precision without the sign and the last 7 bits. Rounded to nearest, with a
 * relative error of at most 2^-17; increments to a count above 2^17 times as large are lost.
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
     * @param value at least 0; clipped to the largest
     */
    static int encode(float value) {
        return (Float.floatToRawIntBits(Math.min(value, LARGEST)) + (1 << (DROPPED - 1))) >>> DROPPED;
    }

    static float decode(int bits) {
        return Float.intBitsToFloat((bits & MASK) << DROPPED);
    }
}
