package dev.kombo.client;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records in Confluent's wire format, see {@link EncodingBuffer}. Not thread-safe: Avro's readers and decoders
 * hold the state of the current record.
 */
final class RecordDecoder {

    private final BoundedDecoder decoder = new BoundedDecoder();
    private final IntFunction<DatumReader<Object>> newReader;

    // Readers by schema id, searched linearly: a topic holds few schemas.
    private int[] ids = new int[2];
    private DatumReader<Object>[] readers = newReaders(2);
    /** Whether bytes may be read as views: where schemas differ, Avro may need them as an array of their own. */
    private boolean[] views = new boolean[2];

    private int size;

    /**
     * Creates a decoder.
     *
     * @param newReader makes the reader for a schema id; called once per id for which it succeeds
     */
    RecordDecoder(IntFunction<DatumReader<Object>> newReader) {
        this.newReader = newReader;
    }

    /**
     * Decodes a record.
     *
     * @throws SerializationException where the bytes are not exactly one record in the wire format
     * @throws SchemaRegistryException where the schema is not available, which is not the record's fault
     */
    Object decode(String topic, byte[] data) {
        if (data.length < EncodingBuffer.HEADER_SIZE) {
            throw new SerializationException(
                    "topic " + topic + ": " + data.length + " bytes are too few for a magic byte and a schema id");
        }
        if (data[0] != EncodingBuffer.MAGIC) {
            throw new SerializationException("topic " + topic + ": the first byte is " + (data[0] & 0xff)
                    + ", not the magic byte 0 of Avro with a schema id");
        }
        int id = ((data[1] & 0xff) << 24) | ((data[2] & 0xff) << 16) | ((data[3] & 0xff) << 8) | (data[4] & 0xff);
        int known = indexOf(topic, id);
        Object record;
        try {
            decoder.reset(data, EncodingBuffer.HEADER_SIZE, data.length - EncodingBuffer.HEADER_SIZE, views[known]);
            record = readers[known].read(null, decoder);
        } catch (IOException | RuntimeException e) {
            // Corrupt bytes may fail with any exception: end of file, index, cast, Avro's own.
            throw failure(topic, id, "cannot decode " + data.length + " bytes: " + reason(e), e);
        }
        if (decoder.remainingBytes() > 0) {
            throw failure(topic, id, decoder.remainingBytes() + " bytes are left over after the record", null);
        }
        return record;
    }

    private int indexOf(String topic, int id) {
        for (int i = 0; i < size; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        DatumReader<Object> reader;
        try {
            reader = newReader.apply(id);
        } catch (SchemaRegistryException e) {
            if (e.notFound()) {
                throw failure(topic, id, "the registry does not know the schema: " + e.getMessage(), e);
            }
            throw e;
        } catch (SerializationException e) {
            throw failure(topic, id, reason(e), e);
        }
        remember(id, reader);
        return size - 1;
    }

    private void remember(int id, DatumReader<Object> reader) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            readers = Arrays.copyOf(readers, 2 * size);
            views = Arrays.copyOf(views, 2 * size);
        }
        ids[size] = id;
        readers[size] = reader;
        views[size] = reader instanceof GenericDatumReader<?> known
                && known.getSchema().equals(known.getExpected());
        size++;
    }

    private static SerializationException failure(String topic, int id, String message, @Nullable Throwable cause) {
        return new SerializationException("topic " + topic + ", schema id " + id + ": " + message, cause);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static DatumReader<Object>[] newReaders(int length) {
        return new DatumReader[length];
    }
}
