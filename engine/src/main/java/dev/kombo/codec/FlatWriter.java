package dev.kombo.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a state to bytes, in sequence, without names or types. Not thread-safe; reused by one thread.
 */
public final class FlatWriter extends Fields {
    /** Bits of a number that each of its bytes holds; the highest bit says that more bytes follow. */
    static final int NUMBER_BITS = 7;

    static final int NUMBER_MASK = (1 << NUMBER_BITS) - 1;

    private static final int MORE = 1 << NUMBER_BITS;
    private static final int LONGEST_NUMBER_BYTES = 10;
    private static final int ASCII = 0x80;
    private static final int HEX_DIGITS = 16;
    private byte[] bytes = new byte[1 << 11];
    private int size;

    public FlatWriter() {
        super(false);
    }

    /** Discards the content. */
    public FlatWriter clear() {
        size = 0;
        return this;
    }

    /** Returns a copy of the content. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public int octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return value;
    }

    @Override
    public long number(long value) {
        ensure(LONGEST_NUMBER_BYTES);
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~NUMBER_MASK) != 0) {
            bytes[size++] = (byte) (rest | MORE);
            rest >>>= NUMBER_BITS;
        }
        bytes[size++] = (byte) rest;
        return value;
    }

    @Override
    public long fixed(long value) {
        fixed((int) (value >>> Integer.SIZE));
        fixed((int) value);
        return value;
    }

    @Override
    public int fixed(int value) {
        ensure(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return value;
    }

    @Override
    public @Nullable String textOrNull(@Nullable String value) {
        if (value == null) {
            number(-1L);
            return null;
        }
        int length = value.length();
        ensure(length + LONGEST_NUMBER_BYTES);
        int before = size;
        number(length);
        for (int i = 0; i < length; i++) {
            char next = value.charAt(i);
            if (next >= ASCII) {
                size = before;
                bytes(value.getBytes(StandardCharsets.UTF_8));
                return value;
            }
            bytes[size++] = (byte) next;
        }
        return value;
    }

    @Override
    public String hex(String value) {
        boolean number = value.length() == HEX_DIGITS;
        for (int i = 0; number && i < HEX_DIGITS; i++) {
            char digit = value.charAt(i);
            number = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
        }
        if (flag(number)) {
            fixed(HexFormat.fromHexDigitsToLong(value));
        } else {
            text(value);
        }
        return value;
    }

    @Override
    public byte[] bytes(byte[] value) {
        number(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return value;
    }

    @Override
    public ByteBuffer block(ByteBuffer value) {
        int length = value.remaining();
        number(length);
        ensure(length);
        value.get(value.position(), bytes, size, length);
        size += length;
        return value;
    }

    @Override
    public int size(int elements) {
        return number(elements);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
