package dev.kombo.serde;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A registry in memory of each test's own, and serializers that use it. */
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
        return new RandomRecords(3).record(Item.class);
    }
}
