package dev.kombo.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;

/**
 * Encodes records in Confluent's wire format: a zero byte, the schema id as four bytes big-endian, and the record in
 * Avro's binary encoding. Each thread has one buffer, shared by all serializers, so that the only allocation per record
 * is its bytes.
 */
final class EncodingBuffer {

    /** First byte of every record. */
    static final byte MAGIC = 0;

    /** Bytes in front of the Avro encoding. */
    static final int HEADER_SIZE = 1 + Integer.BYTES;

    /** A buffer that one exceptionally large record grew beyond this size is dropped. */
    private static final int LARGEST_KEPT = 1 << 20;

    private static final ThreadLocal<EncodingBuffer> LOCAL = ThreadLocal.withInitial(EncodingBuffer::new);

    private final Bytes bytes = new Bytes();
    // Writes at once: the buffering encoder copies each field of bytes before it writes it (Avro 1.12).
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    private final byte[] header = new byte[HEADER_SIZE];

    /** Encodes a record with the calling thread's buffer. */
    static byte[] encode(int id, DatumWriter<Object> writer, Object record) throws IOException {
        EncodingBuffer buffer = LOCAL.get();
        boolean reusable = false;
        try {
            byte[] encoded = buffer.write(id, writer, record);
            reusable = encoded.length <= LARGEST_KEPT;
            return encoded;
        } finally {
            if (!reusable) {
                // After a failure the encoder may still hold the beginning of the record.
                LOCAL.remove();
            }
        }
    }

    private byte[] write(int id, DatumWriter<Object> writer, Object record) throws IOException {
        header[0] = MAGIC;
        for (int i = 1, octets = Integer.BYTES - 1; i < HEADER_SIZE; i++, octets--) {
            header[i] = (byte) (id >>> (octets * Byte.SIZE));
        }
        bytes.reset();
        bytes.write(header, 0, HEADER_SIZE);
        writer.write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /**
     * A stream like {@link java.io.ByteArrayOutputStream} without its locks, of which each value that is encoded takes
     * one.
     */
    private static final class Bytes extends OutputStream {
        private byte[] buffer = new byte[1 << 10];
        private int size;

        @Override
        public void write(int value) {
            ensure(1);
            buffer[size++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            ensure(length);
            System.arraycopy(source, offset, buffer, size, length);
            size += length;
        }

        private void ensure(int more) {
            if (buffer.length - size < more) {
                buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
            }
        }

        void reset() {
            size = 0;
        }

        byte[] toByteArray() {
            return Arrays.copyOf(buffer, size);
        }
    }
}
