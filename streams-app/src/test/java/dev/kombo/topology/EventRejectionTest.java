package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.topology.task.StoreNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input gets a clear error, is counted, and changes nothing. */
class EventRejectionTest {
    private static final long FUTURE =
            EngineDriver.START.plus(Duration.ofDays(30)).toEpochMilli();

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of());
    }

    @Test
    void shouldTakeEightCurrenciesOfAShopper() {
        List<String> currencies = List.of("GBP", "EUR", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK");
        for (String currency : currencies) {
            engine.send(EngineDriver.purchase("buy-" + currency, "user", "a", 100, Duration.ofMinutes(1))
                    .setCurrency(currency));
        }
        engine.send(EngineDriver.event("look", "user", EventType.VIEW, Duration.ofMinutes(1))
                .setItemId("a")
                .setUnitPriceMinor(100L)
                .setCurrency("CZK"));
        engine.send(EngineDriver.purchase("again", "user", "a", 100, Duration.ofMinutes(1)));
        assertThat(engine.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.getReason()).isEqualTo("too-many-currencies");
            assertThat(rejection.getEventId()).isEqualTo("buy-CZK");
        });
        assertThat(engine.shopper("u:user").behavior().spend()).hasSize(8).containsEntry("GBP", 200L);
    }

    @Test
    void shouldCutTheJsonOfARejectedEventWhichMayBeSixTimesAsLong() {
        engine.send(EngineDriver.event(" ", "user", EventType.VIEW, Duration.ofMinutes(1))
                .setItemId("a")
                .setAttributes(Map.of("a", "\u0001".repeat(250_000))));
        assertThat(engine.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.getPayload())
                        .hasSizeLessThan(70_000)
                        .matches("(?s).*\\.\\.\\. \\(15\\d{5} characters\\)"));
    }

    static Stream<Arguments> violations() {
        String tooLong = "x".repeat(129);
        return Stream.of(
                broken("eventId", "missing-event-id", event -> event.setEventId(" ")),
                broken("userId", "no-shopper", event -> event.setUserId(null)),
                broken("userId", "blank-id", event -> event.setUserId("  ").setSessionId("s")),
                broken("eventId", "id-too-long", event -> event.setEventId(tooLong)),
                broken("userId", "id-too-long", event -> event.setUserId(tooLong)),
                broken("sessionId", "id-too-long", event -> event.setSessionId(tooLong)),
                broken("itemId", "id-too-long", event -> event.setItemId(tooLong)),
                broken("bundleId", "id-too-long", event -> event.setItemId(null).setBundleId(tooLong)),
                broken("offerId", "id-too-long", event -> event.setOfferId(tooLong)),
                broken("orderId", "id-too-long", event -> event.setOrderId(tooLong)),
                broken("placement", "no-name", event -> event.setPlacement(tooLong)),
                broken("placement", "no-name", event -> event.setPlacement("cart\u202e")),
                broken("attributes", "too-many-attributes", event -> event.setAttributes(attributes(33))),
                broken("type", "unknown-type", event -> event.setType(EventType.UNKNOWN)),
                broken("itemId", "item-and-bundle", event -> event.setBundleId("ab")),
                broken("itemId", "no-item-or-bundle", event -> event.setItemId(null)),
                broken("offerId", "missing-offer", event -> event.setType(EventType.OFFER_CLICK)),
                broken("quantity", "negative-quantity", event -> event.setQuantity(-1)),
                broken("quantity", "zero-quantity", event -> event.setQuantity(0)),
                broken("quantity", "absurd-quantity", event -> event.setQuantity(1_000_001)),
                broken(
                        "unitPriceMinor",
                        "negative-price",
                        event -> event.setUnitPriceMinor(-1L).setCurrency("GBP")),
                broken(
                        "unitPriceMinor",
                        "absurd-price",
                        event -> event.setUnitPriceMinor(Long.MAX_VALUE).setCurrency("GBP")),
                broken("currency", "missing-currency", event -> event.setUnitPriceMinor(5L)),
                broken(
                        "currency",
                        "missing-currency",
                        event -> event.setUnitPriceMinor(5L).setCurrency("gbp")),
                broken("ratingValue", "rating-out-of-range", event -> event.setType(EventType.RATING)),
                broken(
                        "ratingValue",
                        "rating-out-of-range",
                        event -> event.setType(EventType.RATING).setRatingValue(Double.NaN)),
                broken(
                        "cartDiscountBasisPoints",
                        "discount-out-of-range",
                        event -> event.setCartDiscountBasisPoints(-1)),
                broken("eventTime", "no-time", event -> event.setEventTime(0)),
                broken("eventTime", "time-in-future", event -> event.setEventTime(FUTURE)));
    }

    private static Arguments broken(String field, String reason, Consumer<BehaviorEvent.Builder> fault) {
        return Arguments.of(field, reason, fault);
    }

    private static Map<String, String> attributes(int count) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put("attribute-" + i, "value");
        }
        return attributes;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("violations")
    void shouldRejectWithFieldAndReasonWhenARuleIsBroken(
            String field, String reason, Consumer<BehaviorEvent.Builder> fault) {
        BehaviorEvent.Builder builder = EngineDriver.event(
                        "e1", engine.userOf("treatment"), EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a");
        fault.accept(builder);
        BehaviorEvent event = builder.build();
        engine.send(event, EngineDriver.START.toEpochMilli());

        RejectedEvent rejection = engine.rejections().get(0);
        assertThat(rejection.getField()).isEqualTo(field);
        assertThat(rejection.getReason()).isEqualTo(reason);
        assertThat(rejection.getSource()).isEqualTo("behavior-event");
        assertThat(rejection.getDetail()).isNotBlank();
        assertThat(rejection.getEventId()).isEqualTo(event.getEventId());
        assertThat(rejection.getPayload()).contains("\"eventTime\"");
        assertThat(engine.counters.get(KomboMetric.EVENTS_REJECTED, reason)).isEqualTo(1);
        assertNothingElseHappened();
    }

    @Test
    void shouldRejectARecordWithoutValue() {
        engine.sendBytes(engine.topics.name(Topic.BEHAVIOR_EVENT), "someone", null);
        RejectedEvent rejection = engine.rejections().get(0);
        assertThat(rejection.getReason()).isEqualTo("empty-record");
        assertThat(rejection.getPayload()).isNull();
        assertThat(engine.counters.get(KomboMetric.EVENTS_REJECTED, "empty-record"))
                .isEqualTo(1);
        assertNothingElseHappened();
    }

    @Test
    void shouldSendUndecodableBytesAsTheyAreToDeadLetterAndGoOn() {
        byte[] junk = "no Avro at all".getBytes(StandardCharsets.UTF_8);
        engine.sendBytes(engine.topics.name(Topic.BEHAVIOR_EVENT), "someone", junk);

        TestRecord<String, byte[]> dead = engine.deadLetters().get(0);
        assertThat(dead.value()).isEqualTo(junk);
        assertThat(dead.key()).isEqualTo("someone");
        assertThat(dead.headers().lastHeader("__streams.errors.topic").value())
                .isEqualTo("behavior-event".getBytes(StandardCharsets.UTF_8));
        assertNothingElseHappened();

        engine.send(EngineDriver.event("e2", engine.userOf("treatment"), EventType.VIEW, Duration.ofSeconds(2))
                .setItemId("a"));
        assertThat(engine.offers()).hasSize(1);
    }

    @Test
    void shouldSendBytesOfAnUnknownSchemaToDeadLetterAndGoOn() {
        byte[] unknown = {0, 0, 15, 66, 63, 2, 4, 6};
        engine.sendBytes(engine.topics.name(Topic.BEHAVIOR_EVENT), "someone", unknown);
        assertThat(engine.deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.value()).isEqualTo(unknown));
        assertNothingElseHappened();
    }

    @Test
    void shouldNeitherMoveTimeNorExpireAnythingWhenAnEventLiesTooFarAhead() {
        String visitor = "visitor";
        engine.send(EngineDriver.visit("e1", visitor, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(
                EngineDriver.event("e2", "somebody", EventType.VIEW, Duration.ofDays(30))
                        .setItemId("a")
                        .build(),
                EngineDriver.START.plusSeconds(2).toEpochMilli());
        engine.advance(Duration.ofSeconds(2));
        assertThat(engine.rejections()).extracting(RejectedEvent::getReason).containsExactly("time-in-future");
        assertThat(engine.shopper("s:" + visitor)).isNotNull();

        // Later events are judged by their own records, not by the one that was rejected.
        engine.send(EngineDriver.event("e3", "somebody", EventType.VIEW, Duration.ofSeconds(3))
                .setItemId("a"));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(2);
    }

    private void assertNothingElseHappened() {
        assertThat(engine.rejections()).isEmpty();
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.outcomes()).isEmpty();
        assertThat(engine.updates()).isEmpty();
        assertThat(engine.contents(StoreNames.USER_PROFILE)).isEmpty();
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isZero();
    }
}
