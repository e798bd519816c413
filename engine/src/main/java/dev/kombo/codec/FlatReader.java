package dev.kombo.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads the fields that {@link FlatWriter} wrote, in the same order. Not thread-safe. */
public final class FlatReader extends Fields {
    private final byte[] bytes;
    private int position;

    public FlatReader(byte[] bytes) {
        super(true);
        this.bytes = bytes;
    }

    /** Whether bytes are left. */
    public boolean hasMore() {
        return position < bytes.length;
    }

    @Override
    public int octet(int ignored) {
        return Byte.toUnsignedInt(bytes[position++]);
    }

    @Override
    public long number(long ignored) {
        long value = 0;
        for (int shift = 0; ; shift += FlatWriter.NUMBER_BITS) {
            byte next = bytes[position++];
            value |= (long) (next & FlatWriter.NUMBER_MASK) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
    }

    @Override
    public long fixed(long ignored) {
        return ((long) fixed(0) << Integer.SIZE) | Integer.toUnsignedLong(fixed(0));
    }

    @Override
    public int fixed(int ignored) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedInt(bytes[position++]);
        }
        return value;
    }

    @Override
    public @Nullable String textOrNull(@Nullable String ignored) {
        int length = number(0);
        if (length < 0) {
            return null;
        }
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    @Override
    public String hex(String ignored) {
        return flag(false) ? HexFormat.of().toHexDigits(fixed(0L)) : text("");
    }

    @Override
    public byte[] bytes(byte[] ignored) {
        int length = size(0);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    @Override
    public ByteBuffer block(ByteBuffer ignored) {
        int length = size(0);
        ByteBuffer block = ByteBuffer.wrap(bytes, position, length).slice();
        position += length;
        return block;
    }

    @Override
    public int size(int ignored) {
        int size = number(0);
        if (size < 0 || size > bytes.length - position) {
            throw new IllegalArgumentException(
                    "a size of " + size + " is stored, but only " + (bytes.length - position) + " bytes follow");
        }
        return size;
    }
}
