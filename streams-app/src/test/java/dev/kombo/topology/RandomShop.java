package dev.kombo.topology;

import dev.kombo.engine.event.OfferMaker;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A shop's events drawn from a seed: valid, invalid, repeated, and shuffled within limits. */
final class RandomShop {
    private static final EventType[] TYPES = EventType.values();
    private static final int SHUFFLE_DISTANCE = 4;

    private final Random random;
    private final List<String> items = new ArrayList<>();
    private final List<String> bundles = new ArrayList<>();

    RandomShop(long seed) {
        random = new Random(seed);
    }

    /** Puts a small catalogue into an engine. */
    void stock(EngineDriver engine) {
        for (int i = 0; i < 12; i++) {
            items.add("item-" + i);
            engine.item("item-" + i, 100L * (i + 1));
        }
        for (int i = 0; i < 8; i++) {
            bundles.add("bundle-" + i);
            engine.bundle("bundle-" + i, 150L * (i + 1), items.get(i), items.get(i + 2));
        }
    }

    List<BehaviorEvent> events(int count) {
        List<BehaviorEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(random.nextInt(10) == 0 && i > 0 ? events.get(random.nextInt(i)) : event(i));
        }
        for (int i = 0; i < count; i++) {
            int other = Math.min(count - 1, i + random.nextInt(SHUFFLE_DISTANCE));
            BehaviorEvent swapped = events.get(i);
            events.set(i, events.get(other));
            events.set(other, swapped);
        }
        return events;
    }

    private BehaviorEvent event(int number) {
        BehaviorEvent.Builder event = EngineDriver.event(
                "e" + number,
                "user-" + random.nextInt(12),
                random.nextInt(3) == 0 ? EventType.PURCHASE : TYPES[random.nextInt(TYPES.length)],
                Duration.ofSeconds(3L * number));
        if (random.nextInt(4) == 0) {
            event.setUserId(null).setSessionId("visit-" + random.nextInt(4));
        } else if (random.nextInt(8) == 0) {
            // Logs in.
            event.setSessionId("visit-" + random.nextInt(4));
        }
        subject(event);
        if (random.nextBoolean()) {
            event.setOrderId("order-" + event.getUserId() + "-" + number / 60);
        }
        if (random.nextInt(3) > 0) {
            event.setUnitPriceMinor((long) random.nextInt(2_000)).setCurrency(random.nextInt(9) == 0 ? "EUR" : "GBP");
        }
        event.setQuantity(1 + random.nextInt(3));
        event.setRatingValue(1.0 + random.nextInt(5));
        return random.nextInt(12) == 0 ? broken(event) : event.build();
    }

    private void subject(BehaviorEvent.Builder event) {
        if (random.nextInt(4) == 0) {
            event.setBundleId(bundles.get(random.nextInt(bundles.size())));
        } else if (event.getType() != EventType.OFFER_CLICK) {
            event.setItemId(items.get(random.nextInt(items.size())));
        }
        if (random.nextInt(2) == 0) {
            // Of an offer that may have been made: ids of offers follow from their events.
            String shopper = event.getUserId() != null ? "u:" + event.getUserId() : "s:" + event.getSessionId();
            event.setOfferId(OfferMaker.offerId(shopper, "e" + random.nextInt(200), "default"));
        }
    }

    private BehaviorEvent broken(BehaviorEvent.Builder event) {
        return switch (random.nextInt(6)) {
            case 0 -> event.setUserId(null).setSessionId(null).build();
            case 1 -> event.setQuantity(-random.nextInt(2)).build();
            case 2 -> event.setUnitPriceMinor(-5L).build();
            case 3 -> event.setEventId("x".repeat(500)).build();
            case 4 -> event.setItemId("item-1").setBundleId("bundle-1").build();
            default -> event.setEventTime(0).build();
        };
    }
}
