package dev.kombo.query.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.serde.AvroJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents as they stand in the documentation of those formats. */
class EventFormatTest {
    private static final String GA4 = """
            {"client_id": "12345.6789", "user_id": "ann", "timestamp_micros": 1764144000000000, "events": [
              {"name": "purchase", "params": {"currency": "USD", "transaction_id": "T_12345", "value": 30.03, "items": [
                {"item_id": "SKU_1", "item_name": "Tee", "item_category": "Apparel", "price": 10.01, "quantity": 3},
                {"item_id": "SKU_2", "item_name": "Cap", "price": 9}]}},
              {"name": "select_promotion", "params": {"promotion_id": "offer-1", "creative_name": "tea-time",
                "items": [{"item_id": "SKU_1"}]}},
              {"name": "page_view", "params": {}}]}""";
    private static final String SEGMENT = """
            {"type": "track", "messageId": "m-1", "anonymousId": "anon", "userId": null,
             "timestamp": "2025-11-26T09:00:00.500+01:00", "event": "Order Completed", "properties": {"order_id": "o-1",
              "currency": "JPY", "products": [{"product_id": "p1", "price": 1900, "quantity": 2}, {"product_id": "p2"}]}}""";
    private static final String SNOWPLOW = """
            {"event_id": "c6ef3124", "user_id": "ann", "domain_sessionid": "s-1", "derived_tstamp": "2025-11-26 08:00:00.000",
             "unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1": {"type": "transaction"},
             "contexts_com_snowplowanalytics_snowplow_ecommerce_transaction_1": [{"transaction_id": "o-9", "revenue": 4.5}],
             "contexts_com_snowplowanalytics_snowplow_ecommerce_product_1": [
               {"id": "tea", "price": "4.50", "currency": "GBP", "quantity": "1"}]}""";

    private static List<EventFormat.Converted> converted(String format, String document) {
        return EventFormats.BY_NAME.get(format).read(json(document), 7L);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<BehaviorEvent> events(String format, String document) {
        return converted(format, document).stream()
                .map(one -> one.read().record())
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    @Test
    void shouldReadTheBodyOfGoogleAnalytics() {
        List<EventFormat.Converted> converted = converted("ga4", GA4);
        BehaviorEvent tee = converted.get(0).read().record();
        BehaviorEvent cap = converted.get(1).read().record();
        BehaviorEvent click = converted.get(2).read().record();

        assertThat(List.of(tee.getUserId(), tee.getSessionId(), tee.getOrderId(), tee.getItemId(), tee.getCurrency()))
                .containsExactly("ann", "12345.6789", "T_12345", "SKU_1", "USD");
        assertThat(tee.getType()).isEqualTo(EventType.PURCHASE);
        assertThat(tee.getUnitPriceMinor()).isEqualTo(1001);
        assertThat(tee.getQuantity()).isEqualTo(3);
        assertThat(tee.getEventTime()).isEqualTo(1_764_144_000_000L);
        assertThat(converted.get(0).title() + converted.get(0).category()).isEqualTo("TeeApparel");
        assertThat(cap.getQuantity()).isEqualTo(1);
        assertThat(cap.getEventId()).isNotEqualTo(tee.getEventId());
        assertThat(click.getOfferId() + click.getBundleId()).isEqualTo("offer-1tea-time");
        assertThat(click.getItemId()).isNull();
        assertThat(converted.get(3).read().faults())
                .extracting(AvroJson.Fault::reason)
                .containsExactly("unknown-event");
        assertThat(events("ga4", GA4)).as("the same ids when it is sent again").isEqualTo(events("ga4", GA4));
    }

    @Test
    void shouldReadARowOfTheExportToBigQuery() {
        assertThat(events("ga4", """
                        {"event_name": "view_item", "event_timestamp": "1764144000000001", "user_pseudo_id": "1.2",
                         "items": [{"item_id": "SKU_1", "price": 5.0}]}""")).singleElement().satisfies(event -> {
            assertThat(event.getEventTime()).isEqualTo(1_764_144_000_000L);
            assertThat(event.getSessionId()).isEqualTo("1.2");
            assertThat(event.getUnitPriceMinor()).isNull();
        });
    }

    @Test
    void shouldReadRevenueAndPromotionsOfTheExportToBigQuery() {
        String row = """
                {"event_name": "%s", "event_timestamp": 1764144000000000, "user_pseudo_id": "1.2",
                 "event_params": [
                   {"key": "transaction_id", "value": {"string_value": "T_1", "int_value": null}},
                   {"key": "currency", "value": {"string_value": "USD", "int_value": null}}],
                 "items": [{"item_id": "a", "price": 5.0, "promotion_id": "o", "creative_name": "b1"},
                           {"item_id": "a", "price": 5.0, "promotion_id": "o", "creative_name": "b2"}]}""";
        List<BehaviorEvent> bought = events("ga4", row.formatted("purchase"));

        assertThat(bought).extracting(BehaviorEvent::getUnitPriceMinor).containsExactly(500L, 500L);
        assertThat(bought).extracting(BehaviorEvent::getOrderId).containsExactly("T_1", "T_1");
        assertThat(bought).extracting(BehaviorEvent::getEventId).doesNotHaveDuplicates();
        assertThat(events("ga4", row.formatted("select_promotion")))
                .extracting(event -> event.getOfferId() + event.getBundleId())
                .containsExactly("ob1", "ob2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"timestamp_micros\": 1764144000000000; purchase; \"price\": 5; missing-currency",
                "\"user_id\": \"ann\"; add_to_cart; \"quantity\": 1; missing-id"
            })
    void shouldTakeNoPriceWithoutACurrencyAndNothingWithNeitherIdNorTime(
            String around, String name, String item, String reason) {
        String document = "{" + around + ", \"client_id\": \"c\", \"events\": [{\"name\": \"" + name
                + "\", \"params\": {\"items\": [{\"item_id\": \"a\", " + item + "}]}}]}";

        assertThat(converted("ga4", document))
                .singleElement()
                .satisfies(one -> assertThat(one.read().faults())
                        .extracting(AvroJson.Fault::reason)
                        .containsExactly(reason));
    }

    @Test
    void shouldTakeSoManyEventsOfADocument() {
        String document =
                "{\"event\": \"Product Viewed\", \"userId\": \"ann\", \"timestamp\": 1, \"properties\": {\"products\": [%s]}}";

        assertThat(events(
                        "segment",
                        document.formatted("{\"product_id\": \"a\"}, ".repeat(9_999) + "{\"product_id\": \"a\"}")))
                .extracting(BehaviorEvent::getEventId)
                .doesNotHaveDuplicates()
                .hasSize(10_000);
        assertThat(converted("segment", document.formatted("{},".repeat(10_000) + "{}")))
                .singleElement()
                .satisfies(one -> assertThat(one.read().faults())
                        .extracting(AvroJson.Fault::reason)
                        .containsExactly("too-many-events"));
    }

    @Test
    void shouldReadTracksOfSegmentOneOrABatch() {
        List<BehaviorEvent> events = events("segment", SEGMENT);

        assertThat(events).extracting(BehaviorEvent::getEventId).containsExactly("m-1", "m-1:1");
        assertThat(events.get(0).getUserId()).isNull();
        assertThat(events.get(0).getSessionId()).isEqualTo("anon");
        assertThat(events.get(0).getUnitPriceMinor())
                .as("yen have no minor unit")
                .isEqualTo(1900);
        assertThat(events.get(0).getEventTime()).isEqualTo(1_764_144_000_500L);
        assertThat(events("segment", "{\"batch\": [" + SEGMENT + "]}")).isEqualTo(events);
    }

    @Test
    void shouldReadEnrichedEventsOfSnowplow() {
        assertThat(events("snowplow", SNOWPLOW)).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo(EventType.PURCHASE);
            assertThat(event.getItemId() + event.getOrderId()).isEqualTo("teao-9");
            assertThat(event.getUnitPriceMinor()).isEqualTo(450);
            assertThat(event.getEventTime()).isEqualTo(1_764_144_000_000L);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"timestamp\": \"yesterday\"; wrong-type",
                "\"timestamp\": {}; wrong-type",
                "\"properties\": {\"product_id\": \"p\", \"quantity\": \"two\"}; wrong-type",
                "\"properties\": {\"product_id\": \"p\", \"quantity\": 1.5}; wrong-type",
                "\"properties\": {\"product_id\": \"p\", \"quantity\": 1e999999999}; wrong-type",
                "\"event\": \"Order Completed\", \"properties\": {\"price\": 1, \"currency\": \"coins\"}; wrong-type",
                "\"event\": \"Order Completed\", \"properties\": {\"price\": \"1e999999999\", \"currency\": \"EUR\"}; wrong-type",
                "\"event\": 7; unknown-event"
            })
    void shouldSayWhatCannotBeRead(String changed, String reason) {
        String document = "{\"event\": \"Product Viewed\", \"messageId\": \"m\", \"userId\": \"ann\", " + changed + "}";

        assertThat(converted("segment", document))
                .singleElement()
                .satisfies(one -> assertThat(one.read().faults())
                        .singleElement()
                        .satisfies(fault -> {
                            assertThat(fault.reason()).isEqualTo(reason);
                            assertThat(fault.detail()).isNotBlank();
                        }));
    }

    @Test
    void shouldTakeTheTimeOfArrivalWhereThereIsNoneAndOneIsGiven() {
        String document = "{\"event\": \"Product Viewed\", \"messageId\": \"m\", \"userId\": \"ann\"}";

        assertThat(events("segment", document).get(0).getEventTime()).isEqualTo(7);
        assertThat(EventFormats.BY_NAME
                        .get("segment")
                        .read(json(document), null)
                        .get(0)
                        .read()
                        .faults())
                .extracting(AvroJson.Fault::field)
                .containsExactly("eventTime");
    }
}
