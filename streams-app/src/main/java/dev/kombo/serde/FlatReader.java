package dev.kombo.serde;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads what {@link FlatWriter} wrote, in the same order. Not thread-safe. */
public final class FlatReader {
    private final byte[] bytes;
    private int position;

    public FlatReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean hasMore() {
        return position < bytes.length;
    }

    /** One byte, 0 to 255. */
    public int get() {
        return bytes[position++] & 0xff;
    }

    public boolean flag() {
        return get() != 0;
    }

    /** A signed number. */
    public long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
    }

    /** A 32-bit number. */
    public int count() {
        return (int) number();
    }

    /** A number stored in eight bytes. */
    public long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | (bytes[position++] & 0xff);
        }
        return value;
    }

    public float realFloat() {
        int bits = 0;
        for (int i = 0; i < Float.BYTES; i++) {
            bits = bits << 8 | (bytes[position++] & 0xff);
        }
        return Float.intBitsToFloat(bits);
    }

    public double realDouble() {
        return Double.longBitsToDouble(fixed());
    }

    /** Bytes; a view. */
    public ByteBuffer blob() {
        int length = count();
        ByteBuffer blob = ByteBuffer.wrap(bytes, position, length);
        position += length;
        return blob;
    }

    /** Text that was stored as a 16-digit hexadecimal number, or as it is. */
    public String hex() {
        return flag() ? HexFormat.of().toHexDigits(fixed()) : text();
    }

    /** A text, or null. */
    public String text() {
        int length = count();
        if (length < 0) {
            return null;
        }
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }
}
