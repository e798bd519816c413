package dev.kombo.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    /** The schemas met so far, searched linearly: a topic holds few. */
    private final List<Known> known = new ArrayList<>(2);

    /**
     * A schema that can be read.
     *
     * @param views whether bytes may be read as views: where schemas differ, Avro may need them as an array of their
     *     own
     */
    private record Known(int id, DatumReader<Object> reader, boolean views) {}

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
            throw new SerializationException("topic " + topic + ": the first byte is " + Byte.toUnsignedInt(data[0])
                    + ", not the magic byte 0 of Avro with a schema id");
        }
        int id = 0;
        for (int i = 1; i < EncodingBuffer.HEADER_SIZE; i++) {
            id = id << Byte.SIZE | Byte.toUnsignedInt(data[i]);
        }
        Known schema = schema(topic, id);
        Object record;
        try {
            decoder.reset(data, EncodingBuffer.HEADER_SIZE, data.length - EncodingBuffer.HEADER_SIZE, schema.views());
            record = schema.reader().read(null, decoder);
        } catch (IOException | RuntimeException e) {
            // Corrupt bytes may fail with any exception: end of file, index, cast, Avro's own.
            throw failure(topic, id, "cannot decode " + data.length + " bytes: " + reason(e), e);
        }
        if (decoder.remainingBytes() > 0) {
            throw failure(topic, id, decoder.remainingBytes() + " bytes are left over after the record", null);
        }
        return record;
    }

    private Known schema(String topic, int id) {
        for (Known schema : known) {
            if (schema.id() == id) {
                return schema;
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
        boolean views =
                reader instanceof GenericDatumReader<?> avro && avro.getSchema().equals(avro.getExpected());
        Known schema = new Known(id, reader, views);
        known.add(schema);
        return schema;
    }

    private static SerializationException failure(String topic, int id, String message, @Nullable Throwable cause) {
        return new SerializationException("topic " + topic + ", schema id " + id + ": " + message, cause);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
