package dev.kombo.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Creates serdes of Avro values from one set of settings. Kombo's own serializers share one registry client and its
 * cache of schemas. Other classes, such as Confluent's, are plugged in by name.
 */
public final class AvroSerdes implements AutoCloseable {

    /** Setting: class of the serializer; {@link KomboAvroSerializer} by default. */
    public static final String SERIALIZER_CLASS = "kombo.avro.serializer.class";

    /** Setting: class of the deserializer; {@link KomboAvroDeserializer} by default. */
    public static final String DESERIALIZER_CLASS = "kombo.avro.deserializer.class";

    private final Map<String, Object> settings;
    private final AvroSettings parsed;
    private final @Nullable SchemaRegistryClient registry;

    /**
     * Creates the serdes from {@code schema.registry.url}, any other setting of Confluent's serializers, and the two
     * classes.
     *
     * @throws org.apache.kafka.common.config.ConfigException where a setting is missing or wrong
     */
    public AvroSerdes(Map<String, ?> settings) {
        TrustedRecords.install();
        this.settings = new HashMap<>(settings);
        // The service works on generated classes, but Confluent's default is generic records.
        this.settings.put(AvroSettings.SPECIFIC_READER, true);
        this.parsed = new AvroSettings(this.settings);
        boolean ours = parsed.getClass(SERIALIZER_CLASS) == KomboAvroSerializer.class
                || parsed.getClass(DESERIALIZER_CLASS) == KomboAvroDeserializer.class;
        this.registry = ours ? SchemaRegistryClients.create(parsed) : null;
    }

    /** A serde of values of a generated class. Closing it leaves the shared registry client open. */
    public <T extends SpecificRecord> Serde<T> value(Class<T> type) {
        return serde(AvroSettings.VALUE_TYPE, type);
    }

    /** A serde of records as they were written, including fields and symbols that this version does not know. */
    public Serde<GenericRecord> generic() {
        return serde(AvroSettings.SPECIFIC_READER, false);
    }

    private <T> Serde<T> serde(String setting, Object value) {
        Map<String, Object> ofType = new HashMap<>(settings);
        ofType.put(setting, value);
        Deserializer<?> deserializer = parsed.getClass(DESERIALIZER_CLASS) == KomboAvroDeserializer.class
                ? new KomboAvroDeserializer(registry)
                : parsed.getConfiguredInstance(DESERIALIZER_CLASS, Deserializer.class);
        deserializer.configure(ofType, false);
        return serde(configuredSerializer(ofType), deserializer);
    }

    /** A serializer of values of any generated class. Closing it leaves the shared registry client open. */
    public Serializer<SpecificRecord> serializer() {
        return ofRecords(configuredSerializer(settings));
    }

    /** Whether the serializer is Kombo's own: its values are a zero, the id of a schema, and an Avro record. */
    public boolean writesOwnFormat() {
        return parsed.getClass(SERIALIZER_CLASS) == KomboAvroSerializer.class;
    }

    private Serializer<?> configuredSerializer(Map<String, ?> configuration) {
        Serializer<?> serializer = parsed.getClass(SERIALIZER_CLASS) == KomboAvroSerializer.class
                ? new KomboAvroSerializer(registry)
                : parsed.getConfiguredInstance(SERIALIZER_CLASS, Serializer.class);
        serializer.configure(configuration, false);
        return serializer;
    }

    /** The client that Kombo's own classes share; empty where neither class is Kombo's. */
    public Optional<SchemaRegistryClient> registry() {
        return Optional.ofNullable(registry);
    }

    /** Unchecked: the classes are named in settings, so the compiler cannot check what they read and write. */
    @SuppressWarnings("unchecked")
    private static <T> Serde<T> serde(Serializer<?> serializer, Deserializer<?> deserializer) {
        return Serdes.serdeFrom((Serializer<T>) serializer, (Deserializer<T>) deserializer);
    }

    @SuppressWarnings("unchecked")
    private static Serializer<SpecificRecord> ofRecords(Serializer<?> serializer) {
        return (Serializer<SpecificRecord>) serializer;
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
