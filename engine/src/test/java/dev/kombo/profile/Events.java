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
        return new ShopperEvent(
                "e-" + type + "-" + itemId + "-" + time,
                "user",
                null,
                type,
                itemId,
                null,
                null,
                "order",
                quantity,
                price,
                price == ShopperEvent.NO_PRICE ? null : "GBP",
                3,
                null,
                time,
                Map.of(),
                false,
                ShopperEvent.NOT_STATED);
    }

    /** An event of a user about an item that states the shop's own discount on the cart. */
    public static ShopperEvent discounted(EventType type, String itemId, int basisPoints, long time) {
        return new ShopperEvent(
                "e-" + type + "-" + itemId + "-" + time,
                "user",
                null,
                type,
                itemId,
                null,
                null,
                null,
                1,
                ShopperEvent.NO_PRICE,
                null,
                Double.NaN,
                null,
                time,
                Map.of(),
                false,
                basisPoints);
    }

    /** An event of a user about a bundle. */
    public static ShopperEvent bundle(EventType type, String bundleId, long time) {
        return new ShopperEvent(
                "e-" + type + "-" + bundleId + "-" + time,
                "user",
                null,
                type,
                null,
                bundleId,
                null,
                "order",
                1,
                1500,
                "GBP",
                3,
                null,
                time,
                Map.of(),
                false,
                ShopperEvent.NOT_STATED);
    }

    /** A view that says what a customer's attributes are. */
    public static ShopperEvent saying(Map<String, String> attributes) {
        return new ShopperEvent(
                "e-saying",
                "user",
                null,
                EventType.VIEW,
                "tea",
                null,
                null,
                null,
                1,
                ShopperEvent.NO_PRICE,
                null,
                Double.NaN,
                null,
                1,
                attributes,
                false,
                ShopperEvent.NOT_STATED);
    }
}
