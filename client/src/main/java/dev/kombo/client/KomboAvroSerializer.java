package dev.kombo.client;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated or generic Avro records in Confluent's wire format, under the subjects {@code <topic>-value} and
 * {@code <topic>-key}. The settings are Confluent's, see {@link AvroSettings}. Thread-safe.
 *
 * <p>Throws {@link SerializationException} for a record that cannot be written, and {@link SchemaRegistryException}
 * where the registry fails.
 */
public final class KomboAvroSerializer implements Serializer<Object> {

    private final ConcurrentMap<String, ConcurrentMap<Schema, RegisteredSchema>> byTopic = new ConcurrentHashMap<>();
    private final RegistryAccess registry;

    private boolean autoRegister;
    private String subjectSuffix = "-value";

    /** A schema registered for the values or keys of a topic, and what writes its records. */
    private record RegisteredSchema(int id, DatumWriter<Object> writer) {}

    /** Creates a serializer that makes its own registry client when it is configured; for use by class name. */
    public KomboAvroSerializer() {
        this(null);
    }

    /** Creates a serializer with a shared client, which it does not close. */
    KomboAvroSerializer(@Nullable SchemaRegistryClient shared) {
        this.registry = new RegistryAccess(shared);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        AvroSettings settings = new AvroSettings(configs);
        settings.requireKnownWaysOfWriting();
        autoRegister = settings.getBoolean(AvroSettings.AUTO_REGISTER);
        subjectSuffix = isKey ? "-key" : "-value";
        registry.configure(settings);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        if (data == null) {
            return null;
        }
        if (!(data instanceof IndexedRecord record)) {
            throw new SerializationException("topic " + topic + ": not an Avro record: "
                    + data.getClass().getName());
        }
        RegisteredSchema registered = registered(topic, record);
        try {
            return EncodingBuffer.encode(registered.id(), registered.writer(), record);
        } catch (IOException | RuntimeException e) {
            // The encoder may fail with any exception on a record that violates its schema.
            throw new SerializationException("topic " + topic + ": cannot encode " + nameAndFault(record, e), e);
        }
    }

    private RegisteredSchema registered(String topic, IndexedRecord record) {
        Schema schema = record.getSchema();
        ConcurrentMap<Schema, RegisteredSchema> ofTopic = byTopic.get(topic);
        RegisteredSchema registered = ofTopic == null ? null : ofTopic.get(schema);
        if (registered == null) {
            registered = register(topic, record);
            byTopic.computeIfAbsent(topic, key -> new ConcurrentHashMap<>()).put(schema, registered);
        }
        return registered;
    }

    private RegisteredSchema register(String topic, IndexedRecord record) {
        Schema schema = record.getSchema();
        String subject = topic + subjectSuffix;
        int id = autoRegister
                ? registry.client().register(subject, schema)
                : registry.client().idOf(subject, schema);
        return new RegisteredSchema(id, writer(record));
    }

    private static DatumWriter<Object> writer(IndexedRecord record) {
        return record instanceof SpecificRecord
                ? new SpecificDatumWriter<>(record.getSchema(), RecordModels.of(record.getClass()))
                : new GenericDatumWriter<>(record.getSchema());
    }

    private static String nameAndFault(IndexedRecord record, Exception failure) {
        for (Schema.Field field : record.getSchema().getFields()) {
            boolean nullable = field.schema().isNullable() || field.schema().getType() == Schema.Type.NULL;
            if (record.get(field.pos()) == null && !nullable) {
                return record.getSchema().getFullName() + ": its field " + field.name() + " is null";
            }
        }
        return record.getSchema().getFullName() + ": " + failure.getMessage();
    }

    @Override
    public void close() {
        registry.close();
    }
}
