package dev.kombo.client;

import java.util.Map;
import org.apache.avro.io.DatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Avro records in Confluent's wire format. A record is read into the schema of its generated class, whatever
 * version it was written with, as Avro's rules of resolution say. The settings are Confluent's: see
 * {@link AvroSettings}; unlike there, {@code specific.avro.reader} is true by default. May be used by any number of
 * threads.
 *
 * <p>Throws {@link SerializationException} for bytes that are no record of this topic, an unknown schema id included, and
 * {@link SchemaRegistryException} where the registry is in the way: then the record may be fine, and must not be given up.
 */
public final class KomboAvroDeserializer implements Deserializer<Object> {

    private final boolean ownsRegistry;

    private SchemaRegistryClient registry;
    private ReaderFactory readers;

    // One a thread and deserializer, as it holds the readers of this one's class.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<RecordDecoder> decoder =
            ThreadLocal.withInitial(() -> new RecordDecoder(this::newReader));

    /** A deserializer that makes a registry client of its own when it is configured, for use by class name. */
    public KomboAvroDeserializer() {
        this(null);
    }

    /** A deserializer that uses a client which others use too and close. */
    KomboAvroDeserializer(SchemaRegistryClient shared) {
        TrustedRecords.install();
        this.registry = shared;
        this.ownsRegistry = shared == null;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        AvroSettings settings = new AvroSettings(configs);
        readers = new ReaderFactory(settings.readerType(isKey), settings.getBoolean(AvroSettings.SPECIFIC_READER));
        if (ownsRegistry) {
            close();
            registry = SchemaRegistryClients.create(settings);
        }
    }

    @Override
    public Object deserialize(String topic, byte[] data) {
        return data == null ? null : decoder.get().decode(topic, data);
    }

    private DatumReader<Object> newReader(int id) {
        if (readers == null) {
            throw new IllegalStateException("the deserializer is used before it is configured");
        }
        return readers.reader(registry.byId(id));
    }

    @Override
    public void close() {
        if (ownsRegistry && registry != null) {
            registry.close();
        }
    }
}
