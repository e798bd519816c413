package dev.kombo.profile;

import java.util.Map;

/** Events for tests, built from the few fields that a test is about. */
public final class Events {
    private Events() {}

    /** An event of a user about an item, one unit at 10.00 GBP. */
    public static ShopperEvent item(EventType type, String itemId, long time) {
        return item(type, itemId, 1, 1000, time);
    }

    /** An event of a user about an item. */
    public static ShopperEvent item(EventType type, String itemId, int quantity, long price, long time) {
        return event(type, itemId, null, "order", quantity, price, 3, time, Map.of(), ShopperEvent.NOT_STATED);
    }

    /** An event of a user about an item that states the shop's own discount on the cart. */
    public static ShopperEvent discounted(EventType type, String itemId, int basisPoints, long time) {
        return event(type, itemId, null, null, 1, ShopperEvent.NO_PRICE, Double.NaN, time, Map.of(), basisPoints);
    }

    /** An event of a user about a bundle. */
    public static ShopperEvent bundle(EventType type, String bundleId, long time) {
        return event(type, null, bundleId, "order", 1, 1500, 3, time, Map.of(), ShopperEvent.NOT_STATED);
    }

    /** A purchase of a bundle of which some was swapped. */
    public static ShopperEvent swapped(String bundleId, Map<String, String> attributes, long time) {
        return event(
                EventType.PURCHASE, null, bundleId, "order", 1, 1500, 3, time, attributes, ShopperEvent.NOT_STATED);
    }

    /** A view that says what a customer's attributes are. */
    public static ShopperEvent saying(Map<String, String> attributes) {
        return event(
                EventType.VIEW,
                "tea",
                null,
                null,
                1,
                ShopperEvent.NO_PRICE,
                Double.NaN,
                1,
                attributes,
                ShopperEvent.NOT_STATED);
    }

    private static ShopperEvent event(
            EventType type,
            String itemId,
            String bundleId,
            String orderId,
            int quantity,
            long price,
            double rating,
            long time,
            Map<String, String> attributes,
            int cartDiscount) {
        return new ShopperEvent(
                "e-" + type + "-" + (itemId == null ? bundleId : itemId) + "-" + time,
                "user",
                null,
                type,
                itemId,
                bundleId,
                null,
                orderId,
                quantity,
                price,
                price == ShopperEvent.NO_PRICE ? null : "GBP",
                rating,
                null,
                time,
                attributes,
                false,
                cartDiscount);
    }
}
