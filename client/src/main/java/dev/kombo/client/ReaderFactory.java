package dev.kombo.client;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Chooses what records are read into.
 *
 * @param type the generated class that all records are read into; null: each into the class named by its own schema
 * @param specific false: into generic records, whatever {@code type} says
 */
record ReaderFactory(Class<?> type, boolean specific) {

    /**
     * Creates a reader of records written with the schema.
     *
     * @throws SerializationException where no class fits the schema
     */
    DatumReader<Object> reader(Schema writer) {
        if (!specific) {
            return new GenericDatumReader<>(writer);
        }
        Class<?> target = type == null ? generatedClass(writer) : type;
        Schema reader = SpecificData.get().getSchema(target);
        String name = writer.getFullName();
        if (!reader.getFullName().equals(name) && !reader.getAliases().contains(name)) {
            throw new SerializationException(
                    "a record of " + name + " where " + reader.getFullName() + " was expected");
        }
        return new SpecificDatumReader<>(writer, reader, RecordModels.of(target));
    }

    private static Class<?> generatedClass(Schema writer) {
        Class<?> found;
        try {
            found = SpecificData.get().getClass(writer);
        } catch (SecurityException e) {
            throw new SerializationException(writer.getFullName() + " is no trusted class", e);
        }
        if (found == null || !SpecificRecord.class.isAssignableFrom(found)) {
            throw new SerializationException("no generated class " + writer.getFullName() + " on the class path; "
                    + AvroSettings.SPECIFIC_READER + "=false reads generic records");
        }
        return found;
    }
}
