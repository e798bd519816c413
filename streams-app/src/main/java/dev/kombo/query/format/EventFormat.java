package dev.kombo.query.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.serde.AvroJson;
import dev.kombo.table.Amounts;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.TimeFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Converts events from a format of other systems.
 *
 * @param source what the format is, in a sentence
 * @param batch location of the events in a document with several
 * @param types the format's words for event types
 * @param places location of each field, as JSON pointers
 */
public record EventFormat(String source, String batch, Map<String, EventType> types, Map<Field, List<String>> places) {
    private static final Set<EventType> OF_OFFERS =
            EnumSet.of(EventType.OFFER_IMPRESSION, EventType.OFFER_CLICK, EventType.OFFER_DISMISSAL);
    private static final Set<EventType> OF_MONEY = EnumSet.of(EventType.PURCHASE, EventType.RETURN);
    private static final int MOST_EVENTS = 10_000;
    private static final long LATEST_MILLIS = 100_000_000_000_000L;
    private static final int MICROS_A_MILLI = 1000;

    /**
     * A converted event.
     *
     * @param read the event, or its mistakes
     * @param title name of its item; empty if it has none
     * @param category of its item; null if it has none
     */
    public record Converted(AvroJson.Read<BehaviorEvent> read, String title, String category) {}

    /**
     * Returns the events of a document, in order.
     *
     * @param now time of events without one, epoch milliseconds; null: such events are invalid
     */
    public List<Converted> read(JsonNode document, Long now) {
        List<Converted> converted = new ArrayList<>();
        JsonNode many = document.at(batch);
        int size = many.isArray() ? many.size() : 1;
        String hash = null;
        for (int i = 0; i < size && converted.size() <= MOST_EVENTS; i++) {
            JsonNode[] around =
                    many.isArray() ? new JsonNode[] {many.get(i), document} : new JsonNode[] {withParams(document)};
            if (hash == null && text(Field.EVENT_ID, around) == null) {
                hash = hash(document);
            }
            addEvents(around, hash, now, converted);
        }
        return converted.size() > MOST_EVENTS
                ? List.of(fault("body", "too-many-events", "a document may contain " + MOST_EVENTS + " events at most"))
                : converted;
    }

    /** Converts a row of the BigQuery export, which has its parameters in an array with keys. */
    private static JsonNode withParams(JsonNode event) {
        JsonNode rows = event.path("event_params");
        if (!rows.isArray()) {
            return event;
        }
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        for (JsonNode row : rows) {
            for (JsonNode value : row.path("value")) {
                if (!value.isNull()) {
                    params.set(row.path("key").asText(), value);
                }
            }
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll((ObjectNode) event);
        copy.set("params", params);
        return copy;
    }

    private void addEvents(JsonNode[] around, String hash, Long now, List<Converted> converted) {
        String word = text(Field.TYPE, around);
        EventType type = word == null ? null : types.get(word);
        if (type == null) {
            converted.add(fault(
                    "type", "unknown-event", word + ", one of " + new TreeSet<>(types.keySet()) + " is expected"));
            return;
        }
        String given = text(Field.EVENT_ID, around);
        JsonNode items = find(Field.ITEMS, around);
        // The items of an offer are its content, unless each is an offer.
        if (items == null
                || !items.isArray()
                || items.isEmpty()
                || (OF_OFFERS.contains(type) && find(Field.OFFER_ID, new JsonNode[] {items.get(0)}) == null)) {
            converted.add(event(type, around, given == null ? numbered(hash, converted.size()) : given, now));
            return;
        }
        for (int i = 0; i < items.size() && converted.size() <= MOST_EVENTS; i++) {
            JsonNode[] withItem = new JsonNode[around.length + 1];
            withItem[0] = items.get(i);
            System.arraycopy(around, 0, withItem, 1, around.length);
            converted.add(
                    event(type, withItem, given == null ? numbered(hash, converted.size()) : numbered(given, i), now));
        }
    }

    private static String numbered(String id, int index) {
        return index == 0 ? id : id + ":" + index;
    }

    private Converted event(EventType type, JsonNode[] around, String id, Long now) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventId", id);
        event.put("type", type.name());
        put(event, Field.USER_ID, around);
        put(event, Field.SESSION_ID, around);
        try {
            Long time = time(find(Field.TIME, around));
            if (time == null && text(Field.EVENT_ID, around) == null) {
                return fault(
                        "eventId",
                        "missing-id",
                        "an event without id and time cannot be distinguished from a repeated one");
            }
            if (time != null || now != null) {
                event.put("eventTime", time == null ? now : time);
            }
            if (OF_OFFERS.contains(type)) {
                put(event, Field.OFFER_ID, around);
                put(event, Field.BUNDLE_ID, around);
            } else {
                put(event, Field.ITEM_ID, around);
                number(event, Field.QUANTITY, around, 0);
                if (type == EventType.RATING) {
                    number(event, Field.RATING, around, 0);
                }
            }
            if (OF_MONEY.contains(type) && find(Field.PRICE, around) != null && text(Field.CURRENCY, around) == null) {
                return fault("currency", "missing-currency", "a price needs a currency");
            }
            if (OF_MONEY.contains(type)) {
                put(event, Field.ORDER_ID, around);
                price(event, around);
            }
        } catch (RejectedRowException e) {
            return fault(e.field(), "wrong-type", e.field() + ": " + e.getMessage());
        }
        String title = text(Field.TITLE, around);
        return new Converted(
                AvroJson.read(event, BehaviorEvent.class), title == null ? "" : title, text(Field.CATEGORY, around));
    }

    private static Converted fault(String field, String reason, String detail) {
        return new Converted(
                new AvroJson.Read<>(null, List.of(new AvroJson.Fault(field, reason, detail)), List.of()), "", null);
    }

    private void price(ObjectNode event, JsonNode[] around) {
        String currency = text(Field.CURRENCY, around);
        if (find(Field.PRICE, around) == null) {
            return;
        }
        event.put("currency", currency);
        number(event, Field.PRICE, around, Amounts.digits(currency));
    }

    /** Sets a number, which may come as text, with its decimal point moved to the right by some digits. */
    private void number(ObjectNode event, Field field, JsonNode[] around, int digits) {
        JsonNode found = find(field, around);
        if (found == null) {
            return;
        }
        String name = field.becomes();
        BigDecimal number = Amounts.decimal(name, found.asText());
        if (field == Field.RATING) {
            event.put(name, number.doubleValue());
        } else if (field == Field.QUANTITY) {
            event.put(name, Amounts.integer(name, found.asText()));
        } else {
            event.put(name, Amounts.shifted(name, number, digits));
        }
    }

    /** Converts epoch milliseconds, epoch microseconds or ISO 8601 to epoch milliseconds; null if absent. */
    private static Long time(JsonNode found) {
        if (found == null) {
            return null;
        }
        String text = found.asText();
        long time = TimeFormat.ANY.epochMillis(Field.TIME.becomes(), text);
        return time >= LATEST_MILLIS && text.indexOf('-') < 0 ? time / MICROS_A_MILLI : time;
    }

    private void put(ObjectNode event, Field field, JsonNode[] around) {
        String text = text(field, around);
        if (text != null) {
            event.put(field.becomes(), text);
        }
    }

    private String text(Field field, JsonNode[] around) {
        JsonNode found = find(field, around);
        return found == null || found.asText().isEmpty() ? null : found.asText();
    }

    private JsonNode find(Field field, JsonNode[] around) {
        for (String place : places.getOrDefault(field, List.of())) {
            for (JsonNode node : around) {
                JsonNode found = node.at(place);
                if (!found.isMissingNode() && !found.isNull()) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Derives an id from the document, so that a document that is sent again counts once. */
    private static String hash(JsonNode document) {
        return UUID.nameUUIDFromBytes(document.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The fields of an event that are looked up in documents of other formats. */
    public enum Field {
        /** The format's word for the type of event. */
        TYPE("type"),
        EVENT_ID("eventId"),
        USER_ID("userId"),
        SESSION_ID("sessionId"),
        TIME("eventTime"),
        /** An array, each element of which is an event of its own. */
        ITEMS("items: one event for each"),
        ITEM_ID("itemId"),
        QUANTITY("quantity"),
        PRICE("unitPriceMinor"),
        CURRENCY("currency"),
        ORDER_ID("orderId"),
        RATING("ratingValue"),
        OFFER_ID("offerId"),
        BUNDLE_ID("bundleId"),
        TITLE("title, in a replay"),
        CATEGORY("category, in a replay");

        private final String becomes;

        Field(String becomes) {
            this.becomes = becomes;
        }

        /** Name of the field in Kombo's event. */
        public String becomes() {
            return becomes;
        }
    }
}
