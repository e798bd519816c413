package dev.kombo.lab.replay;

import org.apache.avro.specific.SpecificRecord;

/** Decodes the value of a record; {@code deserializer::deserialize} of the application's deserializer is one. */
@FunctionalInterface
public interface RecordDecoder {
    /**
     * Decodes a value.
     *
     * @throws org.apache.kafka.common.errors.SerializationException when the bytes are no record
     */
    SpecificRecord decode(String topic, byte[] value);
}
