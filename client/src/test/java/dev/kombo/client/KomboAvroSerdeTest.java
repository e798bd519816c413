package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class KomboAvroSerdeTest extends AvroScope {

    @Test
    void shouldPassNullThrough() {
        assertThat(serializer(Map.of()).serialize(TOPIC, null)).isNull();
        assertThat(deserializer(Map.of()).deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldPutTheIdInFrontAsFourBytesWithTheHighestFirst() {
        KomboAvroSerializer serializer = new KomboAvroSerializer(new FixedIdRegistry(0x01020384));
        serializer.configure(Map.of(), false);

        assertThat(serializer.serialize(TOPIC, event())).startsWith(0, 1, 2, 3, 0x84);

        KomboAvroDeserializer deserializer = new KomboAvroDeserializer(new FixedIdRegistry(0x01020384));
        deserializer.configure(Map.of(), false);
        assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, event())))
                .isEqualTo(event());
    }

    @Test
    void shouldRegisterKeysAndValuesUnderSubjectsOfTheirOwn() {
        serializer(Map.of()).serialize(TOPIC, event());
        KomboAvroSerializer keys = new KomboAvroSerializer();
        keys.configure(Map.of("schema.registry.url", url), true);
        keys.serialize(TOPIC, item());

        assertThat(registry.idOf(TOPIC + "-value", BehaviorEvent.getClassSchema()))
                .isPositive();
        assertThat(registry.idOf(TOPIC + "-key", Item.getClassSchema())).isPositive();
    }

    @Test
    void shouldNotRegisterWhenTold() {
        KomboAvroSerializer serializer = serializer(Map.of("auto.register.schemas", "false"));

        assertThatThrownBy(() -> serializer.serialize(TOPIC, event()))
                .isInstanceOfSatisfying(
                        SchemaRegistryException.class,
                        e -> assertThat(e.notFound()).isTrue())
                .hasMessageContaining(SUBJECT);

        int id = registry.register(SUBJECT, BehaviorEvent.getClassSchema());
        assertThat(serializer.serialize(TOPIC, event())[4]).isEqualTo((byte) id);
    }

    @Test
    void shouldReadWhatAnOlderWriterWrote() {
        Schema old = without(BehaviorEvent.getClassSchema(), "attributes", "quantity", "placement");
        GenericRecord record = new GenericRecordBuilder(old)
                .set("eventId", "e-1")
                .set("type", new GenericData.EnumSymbol(old.getField("type").schema(), "PURCHASE"))
                .set("eventTime", 1234L)
                .build();

        BehaviorEvent read = (BehaviorEvent)
                deserializer(Map.of()).deserialize(TOPIC, serializer(Map.of()).serialize(TOPIC, record));

        BehaviorEvent expected = event();
        assertThat(read).isEqualTo(expected);
        assertThat(read.getQuantity()).isEqualTo(1);
        assertThat(read.getAttributes()).isEmpty();
    }

    @Test
    void shouldReadBytesWhereTextIsExpected() {
        Schema current = BehaviorEvent.getClassSchema();
        Schema bytes = new Schema.Parser()
                .parse(current.toString()
                        .replaceFirst(
                                "\\{\"name\":\"eventId\",\"type\":(\\{[^}]*}|\"string\")",
                                "{\"name\":\"eventId\",\"type\":\"bytes\""));
        assertThat(bytes.getField("eventId").schema().getType()).isEqualTo(Schema.Type.BYTES);
        GenericRecord record = new GenericRecordBuilder(bytes)
                .set("eventId", ByteBuffer.wrap("e-1".getBytes(StandardCharsets.UTF_8)))
                .set("type", new GenericData.EnumSymbol(bytes.getField("type").schema(), "PURCHASE"))
                .set("eventTime", 1234L)
                .build();

        BehaviorEvent read = (BehaviorEvent)
                deserializer(Map.of()).deserialize(TOPIC, serializer(Map.of()).serialize(TOPIC, record));

        assertThat(read).isEqualTo(event());
    }

    @Test
    void shouldReadWhatANewerWriterWrote() {
        Schema current = BehaviorEvent.getClassSchema();
        Schema newer = new Schema.Parser()
                .parse(current.toString()
                        .replace("\"symbols\":[\"UNKNOWN\"", "\"symbols\":[\"HOVER\",\"UNKNOWN\"")
                        .replace(
                                "\"fields\":[{\"name\":\"eventId\"",
                                "\"fields\":[{\"name\":\"fresh\",\"type\":{\"type\":\"array\",\"items\":\"long\"}},"
                                        + "{\"name\":\"eventId\""));
        assertThat(newer).isNotEqualTo(current);

        for (String symbol : new String[] {"HOVER", "PURCHASE"}) {
            GenericRecord record = new GenericRecordBuilder(newer)
                    .set("fresh", List.of(1L, 2L, 3L))
                    .set("eventId", "e-1")
                    .set(
                            "type",
                            new GenericData.EnumSymbol(newer.getField("type").schema(), symbol))
                    .set("eventTime", 1234L)
                    .build();

            BehaviorEvent read = (BehaviorEvent) deserializer(Map.of())
                    .deserialize(TOPIC, serializer(Map.of()).serialize(TOPIC, record));

            assertThat(read.getEventId()).isEqualTo("e-1");
            assertThat(read.getEventTime()).isEqualTo(1234L);
            assertThat(read.getType()).isEqualTo(symbol.equals("HOVER") ? EventType.UNKNOWN : EventType.PURCHASE);
        }
    }

    @Test
    void shouldReadOneTopicWithManySchemas() {
        KomboAvroSerializer serializer = serializer(Map.of());
        KomboAvroDeserializer deserializer = deserializer(Map.of());
        for (String missing : new String[] {"attributes", "quantity", "placement", "currency", "orderId"}) {
            Schema old = without(BehaviorEvent.getClassSchema(), missing);
            GenericRecord record = new GenericRecordBuilder(old)
                    .set("eventId", missing)
                    .set("type", new GenericData.EnumSymbol(old.getField("type").schema(), "VIEW"))
                    .set("eventTime", 1L)
                    .build();
            byte[] data = serializer.serialize(TOPIC, record);
            assertThat(((BehaviorEvent) deserializer.deserialize(TOPIC, data)).getEventId())
                    .isEqualTo(missing);
            assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, event())))
                    .isEqualTo(event());
        }
    }

    @Test
    void shouldReadGenericRecordsWhenTold() {
        byte[] data = serializer(Map.of()).serialize(TOPIC, event());

        Object read = deserializer(Map.of("specific.avro.reader", false)).deserialize(TOPIC, data);

        assertThat(read).isInstanceOf(GenericData.Record.class);
        assertThat(((GenericRecord) read).get("eventId")).hasToString("e-1");
    }

    private static Schema without(Schema schema, String... names) {
        return rebuilt(
                schema,
                schema.getFields().stream()
                        .filter(field -> !List.of(names).contains(field.name()))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
    }

    private static Schema rebuilt(Schema schema, List<Schema.Field> fields) {
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    /** Answers every question with one id and one schema. */
    private record FixedIdRegistry(int id) implements SchemaRegistryClient {

        @Override
        public int register(String subject, Schema schema) {
            return id;
        }

        @Override
        public int idOf(String subject, Schema schema) {
            return id;
        }

        @Override
        public Schema byId(int asked) {
            return BehaviorEvent.getClassSchema();
        }
    }
}
