package dev.kombo.client;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A registry in memory per test, and serializers that use it. */
abstract class AvroScope {

    static final String TOPIC = "behavior-event";
    static final String SUBJECT = TOPIC + "-value";

    String url;
    SchemaRegistryClient registry;

    @BeforeEach
    void nameScope(TestInfo test) {
        url = "mock://" + test.getDisplayName();
        registry = SchemaRegistryClients.create(Map.of("schema.registry.url", url));
    }

    KomboAvroSerializer serializer(Map<String, ?> extra) {
        KomboAvroSerializer serializer = new KomboAvroSerializer();
        serializer.configure(settings(extra), false);
        return serializer;
    }

    KomboAvroDeserializer deserializer(Map<String, ?> extra) {
        KomboAvroDeserializer deserializer = new KomboAvroDeserializer();
        deserializer.configure(settings(extra), false);
        return deserializer;
    }

    Map<String, Object> settings(Map<String, ?> extra) {
        Map<String, Object> settings = new HashMap<>(extra);
        settings.put("schema.registry.url", url);
        return settings;
    }

    static BehaviorEvent event() {
        return BehaviorEvent.newBuilder()
                .setEventId("e-1")
                .setType(EventType.PURCHASE)
                .setEventTime(1234L)
                .build();
    }

    static Item item() {
        return random(Item.class, 3);
    }

    /** A record of random content, including the branch that a union takes. */
    static <T extends SpecificRecord> T random(Class<T> type, long seed) {
        TrustedRecords.install();
        SpecificData model = SpecificData.get();
        return type.cast(
                new RandomData(model, model.getSchema(type), 1, seed).iterator().next());
    }
}
