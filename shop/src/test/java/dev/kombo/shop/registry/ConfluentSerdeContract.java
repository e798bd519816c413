package dev.kombo.shop.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.client.KomboAvroDeserializer;
import dev.kombo.client.KomboAvroSerializer;
import dev.kombo.client.TrustedRecords;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kombo's serializer and deserializer against Confluent's own classes, which are loaded by name as a user would plug
 * them in: the same bytes, each reads the other's, and the same settings mean the same. Run over several registries.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConfluentSerdeContract {

    private static final Map<String, Object> SPECIFIC = Map.of("specific.avro.reader", true);
    private static final Map<String, Object> GENERIC = Map.of("specific.avro.reader", false);
    private static final int RECORDS = 20;
    private static final Path SCHEMAS = Path.of("..", "schemas", "src", "main", "avro");

    static {
        TrustedRecords.install();
    }

    private Serializer<Object> kombo;
    private Serializer<Object> confluent;
    private Deserializer<Object> komboReader;
    private Deserializer<Object> confluentReader;
    private Deserializer<Object> komboGenericReader;
    private Deserializer<Object> confluentGenericReader;

    /** Settings of one registry; subjects of other tests may be in it. */
    abstract Map<String, String> registry();

    @BeforeAll
    void makeSerdes() {
        kombo = komboWriter(Map.of());
        confluent = confluentWriter(Map.of());
        komboReader = komboReader(SPECIFIC);
        confluentReader = confluentReader(SPECIFIC);
        komboGenericReader = komboReader(GENERIC);
        confluentGenericReader = confluentReader(GENERIC);
    }

    @AfterAll
    void closeSerdes() {
        List.of(kombo, confluent).forEach(Serializer::close);
        List.of(komboReader, confluentReader, komboGenericReader, confluentGenericReader)
                .forEach(Deserializer::close);
    }

    /** Every record of the contract: those of topics and those of stores, whose changes are a topic too. */
    static Stream<Class<?>> records() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            List<Class<?>> types = files.map(
                            file -> file.getFileName().toString().replace(".avsc", ""))
                    .sorted()
                    .<Class<?>>map(name -> named("dev.kombo.schema." + name))
                    .toList();
            return types.stream();
        }
    }

    @Test
    void shouldBeComparedWithTheClassesOfTheVersionThatIsDocumented() throws IOException {
        Properties made = new Properties();
        try (InputStream properties =
                getClass().getResourceAsStream("/META-INF/maven/io.confluent/kafka-avro-serializer/pom.properties")) {
            made.load(properties);
        }
        assertThat(made).containsEntry("version", "7.7.0");
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldWriteTheBytesThatConfluentWritesWhoeverRegistersTheSchema(Class<?> type) {
        String komboFirst = "kombo-first-" + type.getSimpleName();
        String confluentFirst = "confluent-first-" + type.getSimpleName();
        for (Object record : random(type)) {
            assertThat(kombo.serialize(komboFirst, record)).isEqualTo(confluent.serialize(komboFirst, record));
            assertThat(confluent.serialize(confluentFirst, record)).isEqualTo(kombo.serialize(confluentFirst, record));
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldReadWhatConfluentWroteAndBeReadByIt(Class<?> type) {
        String topic = "read-" + type.getSimpleName();
        for (Object record : random(type)) {
            assertThat(komboReader.deserialize(topic, confluent.serialize(topic, record)))
                    .isInstanceOf(type)
                    .isEqualTo(record);
            assertThat(confluentReader.deserialize(topic, kombo.serialize(topic, record)))
                    .isInstanceOf(type)
                    .isEqualTo(record);
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void shouldReadAndWriteTheSameGenericRecords(Class<?> type) {
        String topic = "read-" + type.getSimpleName();
        for (Object record : random(type)) {
            byte[] bytes = confluent.serialize(topic, record);

            Object read = komboGenericReader.deserialize(topic, bytes);

            assertThat(read)
                    .isInstanceOf(GenericData.Record.class)
                    .isEqualTo(confluentGenericReader.deserialize(topic, bytes));
            // Not the bytes that were read: maps have no order.
            assertThat(kombo.serialize(topic, read)).isEqualTo(confluent.serialize(topic, read));
        }
    }

    @Test
    void shouldReadAnotherVersionOfTheSchemaAsConfluentDoes() {
        Schema other = SchemaBuilder.record("BehaviorEvent")
                .namespace("dev.kombo.schema")
                .fields()
                .requiredString("eventId")
                .name("type")
                .type(SchemaBuilder.enumeration("EventType").symbols("VIEW", "TELEPORT"))
                .noDefault()
                .requiredLong("eventTime")
                .requiredString("ofAFieldThatKomboDoesNotHave")
                .endRecord();
        GenericRecord event = new GenericRecordBuilder(other)
                .set("eventId", "e-1")
                .set("type", new GenericData.EnumSymbol(other.getField("type").schema(), "TELEPORT"))
                .set("eventTime", 1234L)
                .set("ofAFieldThatKomboDoesNotHave", "x")
                .build();
        byte[] bytes = confluent.serialize("another-version", event);

        assertThat(komboReader.deserialize("another-version", bytes))
                .isEqualTo(BehaviorEvent.newBuilder()
                        .setEventId("e-1")
                        .setType(EventType.UNKNOWN)
                        .setEventTime(1234L)
                        .build())
                .isEqualTo(confluentReader.deserialize("another-version", bytes));
    }

    @Test
    void shouldRegisterNothingWhenConfluentWouldNot() {
        Map<String, Object> lookUp = Map.of("auto.register.schemas", false);
        Object event = random(BehaviorEvent.class).iterator().next();
        List<Serializer<Object>> strict = List.of(komboWriter(lookUp), confluentWriter(lookUp));
        assertThat(strict)
                .allSatisfy(serializer -> assertThatThrownBy(() -> serializer.serialize("not-registered", event))
                        .isInstanceOf(KafkaException.class));

        byte[] bytes = confluent.serialize("not-registered", event);

        assertThat(strict)
                .allSatisfy(serializer -> assertThat(serializer.serialize("not-registered", event))
                        .isEqualTo(bytes));
    }

    @Test
    void shouldPassOnATombstoneAndRefuseForeignBytesAsConfluentDoes() {
        byte[] foreign = {1, 0, 0, 0, 1, 2};
        assertThat(List.of(kombo, confluent))
                .allSatisfy(serializer ->
                        assertThat(serializer.serialize("tombstone", null)).isNull());
        assertThat(List.of(komboReader, confluentReader)).allSatisfy(reader -> {
            assertThat(reader.deserialize("tombstone", null)).isNull();
            assertThatThrownBy(() -> reader.deserialize("foreign", foreign)).isInstanceOf(SerializationException.class);
        });
    }

    /** The same records each time, of the generated class. */
    private static RandomData random(Class<?> type) {
        SpecificData model = SpecificData.get();
        return new RandomData(model, model.getSchema(type), RECORDS, 7);
    }

    private Serializer<Object> komboWriter(Map<String, ?> extra) {
        return serializer(new KomboAvroSerializer(), extra);
    }

    @SuppressWarnings("unchecked")
    private Serializer<Object> confluentWriter(Map<String, ?> extra) {
        return serializer((Serializer<Object>) instance("io.confluent.kafka.serializers.KafkaAvroSerializer"), extra);
    }

    private Deserializer<Object> komboReader(Map<String, ?> extra) {
        return deserializer(new KomboAvroDeserializer(), extra);
    }

    @SuppressWarnings("unchecked")
    private Deserializer<Object> confluentReader(Map<String, ?> extra) {
        return deserializer(
                (Deserializer<Object>) instance("io.confluent.kafka.serializers.KafkaAvroDeserializer"), extra);
    }

    private Serializer<Object> serializer(Serializer<Object> serializer, Map<String, ?> extra) {
        serializer.configure(with(extra), false);
        return serializer;
    }

    private Deserializer<Object> deserializer(Deserializer<Object> deserializer, Map<String, ?> extra) {
        deserializer.configure(with(extra), false);
        return deserializer;
    }

    private Map<String, Object> with(Map<String, ?> extra) {
        Map<String, Object> all = new HashMap<>(registry());
        all.putAll(extra);
        return all;
    }

    /** An object of a class that is not there when this one is compiled. */
    private static Object instance(String type) {
        try {
            return named(type).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made", e);
        }
    }

    private static Class<?> named(String type) {
        try {
            return Class.forName(type);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(type + " is not on the class path; the profile real-clients puts it there", e);
        }
    }
}
