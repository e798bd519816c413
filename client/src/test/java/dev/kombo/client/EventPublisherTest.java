package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPublisherTest {

    private static BehaviorEvent.Builder view() {
        return BehaviorEvent.newBuilder()
                .setEventId("e-1")
                .setSessionId("visit")
                .setType(EventType.VIEW)
                .setItemId("shoe")
                .setEventTime(1_700_000_000_000L);
    }

    private static MockProducer<String, BehaviorEvent> sent(BehaviorEvent event) {
        KomboAvroSerializer values = new KomboAvroSerializer();
        values.configure(Map.of("schema.registry.url", "mock://publisher"), false);
        var producer = new MockProducer<String, BehaviorEvent>(
                true, null, new StringSerializer(), (topic, record) -> values.serialize(topic, record));
        try (EventPublisher publisher = new EventPublisher(producer, "shop-behavior-event")) {
            assertThat(publisher.send(event)).isDone();
        }
        return producer;
    }

    @Test
    void shouldKeyByUserAndElseBySession() {
        assertThat(sent(view().build()).history()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("visit");
            assertThat(record.topic()).isEqualTo("shop-behavior-event");
        });
        assertThat(sent(view().setUserId("alice").build()).history().get(0).key())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource({
        "blank event id, eventId",
        "long user id, userId",
        "nobody, userId",
        "unknown type, type",
        "seconds, eventTime"
    })
    void shouldRefuseWhatLacksTheObvious(String fault, String field) {
        BehaviorEvent event = view().build();
        Consumer<BehaviorEvent> change = switch (fault) {
            case "blank event id" -> e -> e.setEventId(" ");
            case "long user id" -> e -> e.setUserId("u".repeat(129));
            case "nobody" -> e -> e.setSessionId(null);
            case "unknown type" -> e -> e.setType(EventType.UNKNOWN);
            default -> e -> e.setEventTime(1_700_000_000L);
        };
        change.accept(event);

        assertThatThrownBy(() -> sent(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + ":");
    }
}
