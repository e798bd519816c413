package dev.kombo.client;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records in Confluent's wire format. A record is read into the schema of its generated class, whatever
 * version it was written with, by Avro's rules of schema resolution. The settings are Confluent's, see {@link
 * AvroSettings}, except that {@code specific.avro.reader} is true by default. Thread-safe.
 *
 * <p>Throws {@link SerializationException} for bytes that are not a record of this topic, including an unknown schema
 * id, and {@link SchemaRegistryException} where the registry fails: the record may then be valid and must not be
 * skipped.
 */
public final class KomboAvroDeserializer implements Deserializer<Object> {

    private final RegistryAccess registry;

    private @Nullable ReaderFactory readers;

    // Per thread and deserializer, since it holds the readers of this deserializer's class.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<RecordDecoder> decoder =
            ThreadLocal.withInitial(() -> new RecordDecoder(this::newReader));

    /** Creates a deserializer that makes its own registry client when it is configured; for use by class name. */
    public KomboAvroDeserializer() {
        this(null);
    }

    /** Creates a deserializer with a shared client, which it does not close. */
    KomboAvroDeserializer(@Nullable SchemaRegistryClient shared) {
        this.registry = new RegistryAccess(shared);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        AvroSettings settings = new AvroSettings(configs);
        Class<?> type = settings.getClass(isKey ? AvroSettings.KEY_TYPE : AvroSettings.VALUE_TYPE);
        readers = new ReaderFactory(type, settings.getBoolean(AvroSettings.SPECIFIC_READER));
        registry.configure(settings);
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : decoder.get().decode(topic, data);
    }

    private DatumReader<Object> newReader(int id) {
        if (readers == null) {
            throw new IllegalStateException("the deserializer is used before it is configured");
        }
        return readers.reader(registry.client().byId(id));
    }

    @Override
    public void close() {
        registry.close();
    }

    /**
     * Chooses what records are read into.
     *
     * @param type the generated class that all records are read into; null: each into the class named by its own schema
     * @param specific false: into generic records, whatever {@code type} says
     */
    private record ReaderFactory(@Nullable Class<?> type, boolean specific) {

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
                throw new SerializationException(writer.getFullName() + " is not a trusted class", e);
            }
            if (found == null || !SpecificRecord.class.isAssignableFrom(found)) {
                throw new SerializationException("no generated class " + writer.getFullName() + " on the class path; "
                        + AvroSettings.SPECIFIC_READER + "=false reads generic records");
            }
            return found;
        }
    }
}
