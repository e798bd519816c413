package dev.kombo.serde;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes values in sequence, without names or types: the layout of state that is read and written at each event. Whole
 * numbers take as few bytes as they need. Not thread-safe; reused by one thread.
 */
public final class FlatWriter {
    private static final int ASCII = 0x80;
    private static final int HEX_DIGITS = 16;
    private byte[] bytes = new byte[1 << 11];
    private int size;

    /** Discards the content. */
    public FlatWriter clear() {
        size = 0;
        return this;
    }

    /** Returns a copy of the content. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Returns a copy of earlier bytes followed by the content. */
    byte[] addedTo(byte[] earlier) {
        byte[] all = Arrays.copyOf(earlier, earlier.length + size);
        System.arraycopy(bytes, 0, all, earlier.length, size);
        return all;
    }

    /** One byte. */
    public void put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void flag(boolean value) {
        put(value ? 1 : 0);
    }

    /** A signed number in seven bits per byte, smaller numbers in fewer bytes; the sign is the lowest bit (zigzag). */
    public void number(long value) {
        ensure(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number in eight bytes, for values whose bits are all equally likely to be set. */
    public void fixed(long value) {
        ensure(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void real(float value) {
        int bits = Float.floatToRawIntBits(value);
        ensure(Float.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    public void real(double value) {
        fixed(Double.doubleToRawLongBits(value));
    }

    /** Text, or null. */
    public void text(String value) {
        if (value == null) {
            number(-1);
            return;
        }
        int length = value.length();
        ensure(length + 10);
        int before = size;
        number(length);
        for (int i = 0; i < length; i++) {
            char next = value.charAt(i);
            if (next >= ASCII) {
                size = before;
                bytes(value.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[size++] = (byte) next;
        }
    }

    /** Text that takes half the space if it is a 16-digit hexadecimal number, such as the id of an offer. */
    public void hex(String value) {
        boolean number = value.length() == HEX_DIGITS;
        for (int i = 0; number && i < HEX_DIGITS; i++) {
            char digit = value.charAt(i);
            number = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
        }
        flag(number);
        if (number) {
            fixed(HexFormat.fromHexDigitsToLong(value));
        } else {
            text(value);
        }
    }

    /** Bytes from the buffer's position to its limit. */
    public void blob(ByteBuffer value) {
        byte[] copy = new byte[value.remaining()];
        value.duplicate().get(copy);
        bytes(copy);
    }

    private void bytes(byte[] value) {
        number(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
