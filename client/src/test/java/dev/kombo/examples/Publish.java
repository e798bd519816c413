package dev.kombo.examples;

import dev.kombo.client.EventPublisher;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.util.Map;
import java.util.UUID;

public class Publish {
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1]);
        try (EventPublisher publisher = new EventPublisher(settings)) {
            BehaviorEvent event = BehaviorEvent.newBuilder()
                    .setEventId(UUID.randomUUID().toString()) // a retry must carry the same id
                    .setUserId("alice")
                    .setType(EventType.ADD_TO_CART)
                    .setItemId("item-111")
                    .setPlacement("cart")
                    .setEventTime(System.currentTimeMillis())
                    .build();
            publisher.send(event).get();
        }
    }
}
