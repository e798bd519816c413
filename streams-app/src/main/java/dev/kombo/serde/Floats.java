package dev.kombo.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors as Avro {@code bytes}: IEEE 754 single precision, little-endian, four bytes a value, nothing else. Seven times
 * faster than an Avro array of floats. Buffers are read from their position to their limit and left as they were.
 */
public final class Floats {

    private Floats() {}

    /** The values as a buffer of their own, ready to be read. */
    public static ByteBuffer toBuffer(float[] values) {
        return ByteBuffer.wrap(toBytes(values));
    }

    /** The values as bytes. */
    public static byte[] toBytes(float[] values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        view(ByteBuffer.wrap(bytes)).put(values);
        return bytes;
    }

    /**
     * The values in a buffer, of whatever number.
     *
     * @throws IllegalArgumentException where the length is no multiple of four
     */
    public static float[] fromBuffer(ByteBuffer bytes) {
        float[] values = new float[length(bytes)];
        view(bytes).get(values);
        return values;
    }

    /**
     * The values in a buffer that must hold {@code length} of them.
     *
     * @throws IllegalArgumentException where it holds more or fewer
     */
    public static float[] fromBuffer(ByteBuffer bytes, int length) {
        requireLength(bytes, length);
        return fromBuffer(bytes);
    }

    /**
     * How many values a buffer holds.
     *
     * @throws IllegalArgumentException where the length is no multiple of four
     */
    public static int length(ByteBuffer bytes) {
        int size = bytes.remaining();
        if (size % Float.BYTES != 0) {
            throw new IllegalArgumentException("a vector of " + size + " bytes is no whole number of 4-byte floats");
        }
        return size / Float.BYTES;
    }

    private static void requireLength(ByteBuffer bytes, int length) {
        int found = length(bytes);
        if (found != length) {
            throw new IllegalArgumentException("a vector of " + found + " values where " + length + " were expected");
        }
    }

    /** A duplicate has a position and a byte order of its own, so the caller's buffer stays as it is. */
    private static FloatBuffer view(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** Rows of one length, one after the other; at least one. */
    static ByteBuffer join(List<float[]> rows) {
        int length = rows.get(0).length;
        float[] joined = new float[length * rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, joined, i * length, length);
        }
        return toBuffer(joined);
    }

    /** What {@link #join} joined. */
    static List<float[]> split(ByteBuffer bytes, int rows) {
        float[] all = fromBuffer(bytes);
        int length = all.length / rows;
        List<float[]> split = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            float[] row = new float[length];
            System.arraycopy(all, i * length, row, 0, length);
            split.add(row);
        }
        return split;
    }
}
