package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.ItemModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class KomboAvroSerdeTest {

    private static final String TOPIC = "behavior-event";
    private static final String SUBJECT = TOPIC + "-value";

    private String url;
    private SchemaRegistryClient registry;

    @BeforeEach
    void nameScope(TestInfo test) {
        url = "mock://" + test.getDisplayName();
        registry = SchemaRegistryClients.create(Map.of("schema.registry.url", url));
    }

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

        assertThat(registry.latest(TOPIC + "-value").schema()).isEqualTo(BehaviorEvent.getClassSchema());
        assertThat(registry.latest(TOPIC + "-key").schema()).isEqualTo(Item.getClassSchema());
    }

    @Test
    void shouldNotRegisterWhenTold() {
        KomboAvroSerializer serializer = serializer(Map.of("auto.register.schemas", "false"));

        assertThatThrownBy(() -> serializer.serialize(TOPIC, event()))
                .isInstanceOfSatisfying(SchemaRegistryException.class, e -> assertThat(e.notFound())
                        .isTrue())
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
    void shouldWriteTheLatestVersionFieldByFieldWhenToldAndItDiffers() {
        Schema latest = reversed(without(BehaviorEvent.getClassSchema(), "attributes"));
        int id = registry.register(SUBJECT, latest);
        Map<String, Object> settings = Map.of("auto.register.schemas", false, "use.latest.version", true);

        byte[] data = serializer(settings).serialize(TOPIC, event());

        assertThat(data[4]).isEqualTo((byte) id);
        assertThat(deserializer(Map.of()).deserialize(TOPIC, data)).isEqualTo(event());
    }

    @Test
    void shouldRefuseTheLatestVersionWhenItCannotTakeTheRecord() {
        registry.register(
                SUBJECT,
                SchemaBuilder.record("BehaviorEvent")
                        .namespace("dev.kombo.schema")
                        .fields()
                        .requiredString("region")
                        .endRecord());
        Map<String, Object> settings = Map.of("auto.register.schemas", false, "use.latest.version", true);

        assertThatThrownBy(() -> serializer(settings).serialize(TOPIC, event()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("version 1 of subject " + SUBJECT)
                .hasMessageContaining("region");
    }

    @Test
    void shouldReadGenericRecordsWhenTold() {
        byte[] data = serializer(Map.of()).serialize(TOPIC, event());

        Object read = deserializer(Map.of("specific.avro.reader", false)).deserialize(TOPIC, data);

        assertThat(read).isInstanceOf(GenericData.Record.class);
        assertThat(((GenericRecord) read).get("eventId")).hasToString("e-1");
    }

    @Test
    void shouldSayWhatIsWrongWhenBytesAreNotInTheWireFormat() {
        KomboAvroDeserializer deserializer = deserializer(Map.of());

        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {0, 0, 0, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessage("topic behavior-event: 4 bytes are too few for a magic byte and a schema id");
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, "{\"eventId\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("topic behavior-event: the first byte is 123");
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {0, 0, 0, 0, 77, 2, 2}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("topic behavior-event, schema id 77: the registry does not know the schema");
    }

    @Test
    void shouldRejectBytesAfterTheRecord() {
        byte[] data = serializer(Map.of()).serialize(TOPIC, event());
        byte[] longer = Arrays.copyOf(data, data.length + 3);

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize(TOPIC, longer))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("3 bytes are left over");
    }

    @Test
    void shouldRejectACountBeyondTheRecordInsteadOfExhaustingTheHeap() {
        // ItemModel's neighbours or a map claim two thousand million entries.
        int id = registry.register(
                "t-value",
                new Schema.Parser()
                        .parse(
                                """
                {"type": "record", "name": "Bundle", "namespace": "dev.kombo.schema", "fields": [
                  {"name": "members", "type": {"type": "array", "items": {
                    "type": "record", "name": "BundleMember", "fields": [{"name": "itemId", "type": "string"}]}}},
                  {"name": "bundleId", "type": "string"},
                  {"name": "priceMinor", "type": "long"},
                  {"name": "listPriceMinor", "type": "long"},
                  {"name": "currency", "type": "string"}]}"""));
        byte[] data = {0, 0, 0, 0, (byte) id, (byte) 0xd0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 2, 'a'};

        assertThatThrownBy(() -> deserializer(Map.of()).deserialize("t", data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("entries claimed where 2 bytes are left");
    }

    @Test
    void shouldRejectARecordOfAnotherTypeThanTheSerdes() {
        byte[] data = serializer(Map.of()).serialize(TOPIC, item());

        assertThatThrownBy(() -> deserializer(Map.of("specific.avro.value.type", ItemModel.class.getName()))
                        .deserialize(TOPIC, data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(
                        "a record of dev.kombo.schema.Item where dev.kombo.schema.ItemModel was expected");
    }

    @Test
    void shouldRejectARecordThatNamesNoGeneratedClass() {
        Schema foreign = SchemaBuilder.record("String")
                .namespace("java.lang")
                .fields()
                .requiredInt("hash")
                .endRecord();
        Schema absent = SchemaBuilder.record("Gone")
                .namespace("t")
                .fields()
                .requiredInt("n")
                .endRecord();

        for (Schema schema : new Schema[] {foreign, absent}) {
            GenericRecord record = new GenericData.Record(schema);
            record.put(0, 1);
            byte[] data = serializer(Map.of()).serialize("other-" + schema.getName(), record);
            assertThatThrownBy(() -> deserializer(Map.of()).deserialize("other", data))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("no generated class " + schema.getFullName());
        }
    }

    @Test
    void shouldNotBlameTheRecordWhenTheRegistryIsOut() {
        KomboAvroDeserializer deserializer = new KomboAvroDeserializer(new BrokenRegistry());
        deserializer.configure(Map.of(), false);

        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {0, 0, 0, 0, 1, 2}))
                .isInstanceOfSatisfying(SchemaRegistryException.class, e -> assertThat(e.retriable())
                        .isTrue());
    }

    @Test
    void shouldNameTheFieldThatIsNull() {
        BehaviorEvent event = event();
        event.setEventId(null);
        KomboAvroSerializer serializer = serializer(Map.of());

        assertThatThrownBy(() -> serializer.serialize(TOPIC, event))
                .isInstanceOf(SerializationException.class)
                .hasMessage(
                        "topic behavior-event: cannot encode dev.kombo.schema.BehaviorEvent: its field eventId is null");

        // What the failed record left behind must not be in the next one.
        assertThat(deserializer(Map.of()).deserialize(TOPIC, serializer.serialize(TOPIC, event())))
                .isEqualTo(event());
    }

    @Test
    void shouldRefuseWhatIsNoRecordAndOtherSubjectNames() {
        assertThatThrownBy(() -> serializer(Map.of()).serialize(TOPIC, "text"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> serializer(Map.of("value.subject.name.strategy", "a.RecordNameStrategy")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.subject.name.strategy");
    }

    private KomboAvroSerializer serializer(Map<String, ?> extra) {
        KomboAvroSerializer serializer = new KomboAvroSerializer();
        serializer.configure(settings(extra), false);
        return serializer;
    }

    private KomboAvroDeserializer deserializer(Map<String, ?> extra) {
        KomboAvroDeserializer deserializer = new KomboAvroDeserializer();
        deserializer.configure(settings(extra), false);
        return deserializer;
    }

    private Map<String, Object> settings(Map<String, ?> extra) {
        Map<String, Object> settings = new HashMap<>(extra);
        settings.put("schema.registry.url", url);
        return settings;
    }

    private static BehaviorEvent event() {
        return BehaviorEvent.newBuilder()
                .setEventId("e-1")
                .setType(EventType.PURCHASE)
                .setEventTime(1234L)
                .build();
    }

    private static Item item() {
        return new RandomRecords(3).record(Item.class);
    }

    private static Schema without(Schema schema, String... names) {
        return rebuilt(
                schema,
                schema.getFields().stream()
                        .filter(field -> !List.of(names).contains(field.name()))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
    }

    private static Schema reversed(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(0, new Schema.Field(field, field.schema()));
        }
        return rebuilt(schema, fields);
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

        @Override
        public RegisteredSchema latest(String subject) {
            return new RegisteredSchema(subject, 1, id, BehaviorEvent.getClassSchema());
        }
    }

    /** Cannot be reached. */
    private static final class BrokenRegistry implements SchemaRegistryClient {

        @Override
        public int register(String subject, Schema schema) {
            throw failure();
        }

        @Override
        public int idOf(String subject, Schema schema) {
            throw failure();
        }

        @Override
        public Schema byId(int id) {
            throw failure();
        }

        @Override
        public RegisteredSchema latest(String subject) {
            throw failure();
        }

        private static SchemaRegistryException failure() {
            return new SchemaRegistryException("no answer", 0, 0, true, null);
        }
    }
}
