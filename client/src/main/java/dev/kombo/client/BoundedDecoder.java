package dev.kombo.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one binary record and rejects arrays and maps that claim more entries than there are bytes left. The
 * generated decoders allocate as many slots as a count claims: without this bound, a few corrupt bytes would exhaust
 * the heap instead of costing one rejected record. An entry must take at least one byte, so arrays of nulls are not
 * supported.
 */
final class BoundedDecoder extends Decoder {

    /** Most fields of bytes are empty. */
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private byte[] record = {};
    private BinaryDecoder bytes = DecoderFactory.get().binaryDecoder(record, null);
    private @Nullable ByteBuffer whole;
    private int end;
    private boolean views;

    /**
     * Starts a record.
     *
     * @param asViews whether bytes are returned as read-only views of the data instead of copies
     */
    void reset(byte[] data, int offset, int length, boolean asViews) {
        views = asViews;
        record = data;
        whole = null;
        end = offset + length;
        bytes = DecoderFactory.get().binaryDecoder(data, offset, length, bytes);
    }

    private long bounded(long entries) {
        if (entries > bytes.remainingBytes()) {
            throw new AvroRuntimeException(
                    entries + " entries claimed where " + bytes.remainingBytes() + " bytes are left");
        }
        return entries;
    }

    @Override
    public int remainingBytes() {
        return bytes.remainingBytes();
    }

    @Override
    public long readArrayStart() throws IOException {
        return bounded(bytes.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return bounded(bytes.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return bounded(bytes.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return bounded(bytes.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return bounded(bytes.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return bounded(bytes.skipMap());
    }

    @Override
    public void readNull() throws IOException {
        bytes.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return bytes.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return bytes.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return bytes.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return bytes.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return bytes.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return bytes.readString(old);
    }

    @Override
    public String readString() throws IOException {
        return bytes.readString();
    }

    @Override
    public void skipString() throws IOException {
        bytes.skipString();
    }

    /** Returns a view where that is allowed, since most of a large record is bytes that are only read. */
    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        long length = bytes.readLong();
        if (length < 0) {
            throw new AvroRuntimeException(length + " bytes claimed");
        }
        int size = (int) bounded(length);
        if (size == 0) {
            return NOTHING;
        }
        int from = end - bytes.remainingBytes();
        bytes.skipFixed(size);
        if (!views) {
            return ByteBuffer.wrap(Arrays.copyOfRange(record, from, from + size));
        }
        whole = whole == null ? ByteBuffer.wrap(record).asReadOnlyBuffer() : whole;
        return whole.slice(from, size);
    }

    @Override
    public void skipBytes() throws IOException {
        bytes.skipBytes();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        bytes.readFixed(target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        bytes.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return bytes.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return bytes.readIndex();
    }
}
