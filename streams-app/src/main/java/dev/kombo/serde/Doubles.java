package dev.kombo.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of doubles as Avro {@code bytes}: little-endian, eight bytes per value; the counterpart of {@link Floats}. */
public final class Doubles {
    private Doubles() {}

    /** Returns the values in a new buffer, ready to be read. */
    public static ByteBuffer toBuffer(double[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
        return ByteBuffer.wrap(bytes);
    }

    /**
     * Reads all values of a buffer, which is left unchanged.
     *
     * @throws IllegalArgumentException if the length is not a multiple of eight
     */
    public static double[] fromBuffer(ByteBuffer bytes) {
        if (bytes.remaining() % Double.BYTES != 0) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes are not a whole number of 8-byte doubles");
        }
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }
}
