package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.ItemModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Records and bytes that must be rejected, and the messages that say why. */
class AvroRejectionTest extends AvroScope {

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
        // The writer's only array comes first, and claims some two thousand million entries.
        int id = registry.register("t-value", new Schema.Parser().parse("""
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
                .isInstanceOfSatisfying(
                        SchemaRegistryException.class,
                        e -> assertThat(e.retriable()).isTrue());
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

        // Remains of the failed record must not be in the next one.
        assertThat(deserializer(Map.of()).deserialize(TOPIC, serializer.serialize(TOPIC, event())))
                .isEqualTo(event());
    }

    @Test
    void shouldRefuseWhatIsNoRecordAndOtherWaysOfWriting() {
        assertThatThrownBy(() -> serializer(Map.of()).serialize(TOPIC, "text"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> serializer(Map.of("value.subject.name.strategy", "a.RecordNameStrategy")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.subject.name.strategy");
        assertThatThrownBy(() -> serializer(Map.of("auto.register.schemas", false, "use.latest.version", true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("use.latest.version");
    }

    /** Throws as if the registry could not be reached. */
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

        private static SchemaRegistryException failure() {
            return new SchemaRegistryException("no answer", 0, 0, true, null);
        }
    }
}
