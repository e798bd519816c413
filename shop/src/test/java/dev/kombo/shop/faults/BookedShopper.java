package dev.kombo.shop.faults;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the service must tell of a shopper, worked out from what was sent and offered alone. It knows as much of Kombo's
 * rules as the load needs: single items are bought in units, bundles one at a time. Not thread-safe.
 */
final class BookedShopper {
    private final Map<String, List<String>> membersOfBundles;
    private final Map<String, String> categoriesOfItems;
    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, Long> spend = new TreeMap<>();
    private final Map<String, Double> categories = new TreeMap<>();
    /** Oldest first. */
    private final Map<String, Line> cart = new LinkedHashMap<>();

    private final Map<String, Line> bought = new TreeMap<>();
    private final Map<String, BookedOffer> offers = new TreeMap<>();
    private long firstSeen = Long.MAX_VALUE;
    private long lastSeen;

    /** Units of an item, or purchases, with their latest time. */
    private record Line(long units, long time) {
        private Line and(Line more) {
            return new Line(units + more.units, Math.max(time, more.time));
        }
    }

    /** An offer, and what the shopper made of it. */
    private static final class BookedOffer {
        private final BundleOffer offer;
        private final Map<String, String> responses = new HashMap<>();
        private long seenAt;

        private BookedOffer(BundleOffer offer) {
            this.offer = offer;
        }

        private void answered(BehaviorEvent event) {
            // A click or a purchase, too, shows that it was seen.
            seenAt = seenAt == 0 ? event.getEventTime() : Math.min(seenAt, event.getEventTime());
            switch (event.getType()) {
                case OFFER_CLICK -> responses.merge(event.getBundleId(), ProfileCells.CLICKED, String::concat);
                case PURCHASE -> responses.merge(event.getBundleId(), ProfileCells.BOUGHT, String::concat);
                default -> {}
            }
        }

        private String text() {
            List<String> bundles = new ArrayList<>();
            for (OfferedBundle bundle : offer.getBundles()) {
                bundles.add(ProfileCells.bundle(
                        bundle.getBundleId(),
                        bundle.getPriceMinor(),
                        bundle.getCurrency(),
                        responses.getOrDefault(bundle.getBundleId(), "")));
            }
            return ProfileCells.offer(offer.getPlacement(), offer.getArm(), offer.getOfferedAt(), seenAt, bundles);
        }
    }

    /**
     * Creates a shopper who has done nothing.
     *
     * @param membersOfBundles items of each bundle, one unit of each
     * @param categoriesOfItems of each item
     */
    BookedShopper(Map<String, List<String>> membersOfBundles, Map<String, String> categoriesOfItems) {
        this.membersOfBundles = membersOfBundles;
        this.categoriesOfItems = categoriesOfItems;
    }

    boolean isNew() {
        return events.isEmpty();
    }

    /** An event that is sent for the first time. */
    void sent(BehaviorEvent event) {
        long time = event.getEventTime();
        firstSeen = Math.min(firstSeen, time);
        lastSeen = Math.max(lastSeen, time);
        Books.add(events, event.getType().name(), 1);
        if (event.getOfferId() != null) {
            offers.get(event.getOfferId()).answered(event);
        }
        if (event.getItemId() != null) {
            categories.merge(categoriesOfItems.get(event.getItemId()), preference(event), Double::sum);
        }
        switch (event.getType()) {
            case ADD_TO_CART -> {
                Line before = cart.remove(event.getItemId());
                Line more = new Line(event.getQuantity(), time);
                cart.put(event.getItemId(), before == null ? more : before.and(more));
            }
            case PURCHASE -> bought(event);
            default -> {}
        }
    }

    /** How much a shopper who does this is taken to like the item. */
    private static double preference(BehaviorEvent event) {
        return switch (event.getType()) {
            case VIEW -> 0.2;
            case ADD_TO_CART -> 0.7;
            case PURCHASE -> 1;
            default -> throw new IllegalArgumentException("not in the books: " + event.getType());
        };
    }

    private void bought(BehaviorEvent event) {
        Books.add(spend, event.getCurrency(), event.getQuantity() * event.getUnitPriceMinor());
        if (event.getBundleId() == null) {
            bought(event.getItemId(), event.getQuantity(), event.getEventTime());
        } else {
            bought.merge(event.getBundleId(), new Line(1, event.getEventTime()), Line::and);
            membersOfBundles.get(event.getBundleId()).forEach(item -> bought(item, 1, event.getEventTime()));
        }
    }

    private void bought(String item, long units, long time) {
        bought.merge(item, new Line(1, time), Line::and);
        cart.computeIfPresent(
                item, (any, line) -> line.units() <= units ? null : new Line(line.units() - units, line.time()));
    }

    void offered(BundleOffer offer) {
        offers.put(offer.getOfferId(), new BookedOffer(offer));
    }

    /** What {@link ProfileCells} must find; what the experiment assigned is not in the books. */
    Map<String, String> cells() {
        Map<String, String> cells = new TreeMap<>();
        cells.put("first seen", Long.toString(firstSeen));
        cells.put("last seen", Long.toString(lastSeen));
        cells.put("robot", "false");
        cells.put("entered", Long.toString(firstSeen));
        cells.put("open offers", Integer.toString(offers.size()));
        events.forEach((type, count) -> cells.put("events " + type, Long.toString(count)));
        spend.forEach((currency, amount) -> cells.put("spend " + currency, Long.toString(amount)));
        categories.forEach((category, weight) -> cells.put("category " + category, ProfileCells.weight(weight)));
        if (!cart.isEmpty()) {
            cells.put("cart", cart.keySet().toString());
        }
        cart.forEach((item, line) -> cells.put("cart " + item, ProfileCells.line(line.units(), line.time())));
        bought.forEach((thing, line) -> cells.put("bought " + thing, ProfileCells.line(line.units(), line.time())));
        offers.forEach((id, offer) -> cells.put("offer " + id, offer.text()));
        return cells;
    }
}
