package dev.kombo.shop.service;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.serialization.Serializer;

/** Records and requests that nobody should send, drawn from a seed; good ones are among them. */
final class Nonsense {
    private static final int LONGEST_GARBAGE = 200;
    private static final int ITEMS = 20;
    private static final int SHOPPERS = 300;
    private static final String[] METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "X"};
    private static final String[] PATHS = {
        "/v1/events",
        "/v1/events/segment",
        "/v1/events/x",
        "/v1/tracker/events",
        "/v1/tracker/offers",
        "/v1/strategy",
        "/v1/users/user-1/profile",
        "/v1/users/user-1",
        "/v1/users/%/offers",
        "/v1/users/%00/offers",
        "/v1/explain",
        "/v1/items",
        "/v1/items/item-1",
        "/v1/items/%?x",
        "/v1/items/a/similar",
        "/v1/items/%c0%af/bought-together",
        "/v1/bundles",
        "/v1/bundles/bundle-0",
        "/v1/bundles/bundle-0/stop",
        "/v1/bundles/x/performance",
        "/v1/reports/conversions",
        "/v1/reports/bundles",
        "/v1/trending",
        "/v1/suggestions",
        "/v1/suggestions/x/approve",
        "/v1/instances",
        "/v1/topology",
        "/metrics",
        "/health/ready",
        "/openapi.json",
        "/tracker.js",
        "/",
        "",
        "/../etc/passwd",
        "/%2e%2e/etc/passwd",
        "//v1/items",
        "http://elsewhere/v1/items",
        "/v1/"
    };
    private static final String[] BODIES = {
        "",
        "{",
        "[]",
        "{}",
        "[{}]",
        "null",
        "\u0000",
        "1e999999",
        "[".repeat(1_001),
        "{\"a\":".repeat(1_001),
        "\"",
        "{\"batch\":[{\"type\":\"track\"}]}",
        "id,title\n\"",
        "{\"itemId\":\"item-1\",\"priceMinor\":-1}"
    };

    private final Random random;

    Nonsense(long seed) {
        random = new Random(seed);
    }

    /** True in one of so many cases. */
    boolean oneOf(int cases) {
        return random.nextInt(cases) == 0;
    }

    <T> T any(T[] all) {
        return all[random.nextInt(all.length)];
    }

    byte[] key() {
        return oneOf(50) ? bytes(random.nextInt(20)) : shopper().getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that are no record of any topic: the registry's format begins with 0. */
    byte[] garbage() {
        byte[] bytes = bytes(1 + random.nextInt(LONGEST_GARBAGE));
        bytes[0] = (byte) (1 + random.nextInt(100));
        return bytes;
    }

    /** A record of a topic: null, empty, garbage, cut, with a bit turned, with any values, or one that makes sense. */
    byte[] record(
            String topic,
            Schema schema,
            Serializer<SpecificRecord> events,
            Serializer<GenericRecord> records,
            int number) {
        int kind = random.nextInt(20);
        if (kind < 3) {
            return garbage();
        }
        if (kind == 3) {
            return random.nextBoolean() ? null : new byte[0];
        }
        byte[] record = kind > 10 && schema.equals(BehaviorEvent.getClassSchema())
                ? events.serialize(topic, event(number))
                : records.serialize(topic, drawn(schema));
        if (kind == 4 || kind == 5) {
            return Arrays.copyOf(record, 1 + random.nextInt(record.length));
        }
        if (kind == 6 || kind == 7) {
            record[1 + random.nextInt(record.length - 1)] ^= (byte) (1 << random.nextInt(8));
        }
        return record;
    }

    /** A request as it stands on the wire. */
    String request(int port, int number) {
        if (oneOf(20)) {
            return new String(bytes(1 + random.nextInt(LONGEST_GARBAGE)), StandardCharsets.ISO_8859_1) + "\r\n\r\n";
        }
        boolean events = oneOf(4);
        String path = events ? "/v1/events" : any(PATHS);
        if (oneOf(3)) {
            path += "?" + new String(bytes(random.nextInt(40)), StandardCharsets.ISO_8859_1).replaceAll("\\s", "_");
        }
        String body = events ? turned(event(number).toString()) : any(BODIES);
        return (events ? "POST" : any(METHODS)) + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + (oneOf(20) ? "X-Kombo-Partitions: " + "2,".repeat(random.nextInt(1_000)) + "\r\n" : "")
                + "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + body;
    }

    /** A text with one character changed, sometimes. */
    private String turned(String text) {
        if (oneOf(2)) {
            return text;
        }
        int place = random.nextInt(text.length());
        return text.substring(0, place) + (char) random.nextInt(256) + text.substring(place + 1);
    }

    /** An event as a shop may send it, with odd values here and there. */
    private BehaviorEvent event(int number) {
        return BehaviorEvent.newBuilder()
                .setEventId("event-" + (oneOf(20) ? random.nextInt(number + 1) : number))
                .setUserId(oneOf(10) ? null : shopper())
                .setSessionId(oneOf(3) ? "session-" + random.nextInt(SHOPPERS) : null)
                .setType(any(EventType.values()))
                // A page's address with its query in place of an id is what a mistake of a shop's page looks like.
                .setItemId(oneOf(4) ? "/page?click=" + number : "item-" + random.nextInt(ITEMS))
                .setOfferId(oneOf(5) ? "offer-" + number : null)
                .setOrderId(oneOf(5) ? "order-" + number : null)
                .setQuantity(oneOf(20) ? random.nextInt() : 1)
                .setUnitPriceMinor(oneOf(20) ? random.nextLong() : 100L)
                .setCurrency(oneOf(20) ? "XX" + (char) ('A' + random.nextInt(26)) : "GBP")
                .setEventTime(oneOf(30) ? random.nextLong() : System.currentTimeMillis())
                // JSON writes each of these characters as six.
                .setAttributes(oneOf(1_000) ? Map.of("a", "\u0001".repeat(100_000)) : Map.of())
                .build();
    }

    private String shopper() {
        return "user-" + random.nextInt(SHOPPERS);
    }

    private GenericRecord drawn(Schema schema) {
        return (GenericRecord)
                new RandomData(schema, 1, random.nextLong()).iterator().next();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
