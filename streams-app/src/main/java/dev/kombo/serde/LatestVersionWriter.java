package dev.kombo.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Writes records in another schema than their own: each is encoded, read back as Avro's rules of resolution say, and
 * encoded again. Avro's own writer would take fields by position and mix them up. Three times the work, for
 * {@code use.latest.version} only, and only while the latest version differs.
 */
final class LatestVersionWriter implements DatumWriter<Object> {

    private final DatumWriter<Object> own;
    private final GenericDatumReader<Object> resolver;
    private final GenericDatumWriter<Object> latest;

    /**
     * A writer of records that {@code own} encodes with schema {@code ownSchema}.
     *
     * @throws SerializationException where the latest version cannot read what the own schema writes
     */
    LatestVersionWriter(DatumWriter<Object> own, Schema ownSchema, RegisteredSchema latest) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), ownSchema);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException("version " + latest.version() + " of subject " + latest.subject()
                    + " cannot take records of " + ownSchema.getFullName() + ": "
                    + result.getResult().getIncompatibilities());
        }
        this.own = own;
        this.resolver = new GenericDatumReader<>(ownSchema, latest.schema());
        this.latest = new GenericDatumWriter<>(latest.schema());
    }

    @Override
    public void setSchema(Schema schema) {
        throw new UnsupportedOperationException("the schemas are given at construction");
    }

    @Override
    public void write(Object record, Encoder out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        own.write(record, encoder);
        encoder.flush();
        latest.write(resolver.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)), out);
    }
}
