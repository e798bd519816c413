package dev.kombo.profile;

import dev.kombo.entity.Entity;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event of a shopper, in domain terms.
 *
 * @param eventId unique id given by the publisher
 * @param userId account id, or null
 * @param sessionId session, or null
 * @param type what happened
 * @param itemId item interacted with, or null
 * @param bundleId bundle interacted with, or null
 * @param offerId offer that the feedback is on, or null
 * @param orderId order of a purchase or return, or null
 * @param quantity units
 * @param unitPriceMinor price of one unit in minor units, or {@link #NO_PRICE}
 * @param currency ISO 4217 code, or null
 * @param rating rating given, or NaN
 * @param placement placement in the shop, or null
 * @param time epoch milliseconds of the event
 * @param attributes free additions by name; not copied, never written
 * @param history whether it is from the shop's past: it is learned from, but belongs to no experiment
 * @param cartDiscount the shop's own discount on the cart in hundredths of a percent, or {@link #NOT_STATED}
 */
public record ShopperEvent(
        String eventId,
        @Nullable String userId,
        @Nullable String sessionId,
        EventType type,
        @Nullable String itemId,
        @Nullable String bundleId,
        @Nullable String offerId,
        @Nullable String orderId,
        int quantity,
        long unitPriceMinor,
        @Nullable String currency,
        double rating,
        @Nullable String placement,
        long time,
        Map<String, String> attributes,
        boolean history,
        int cartDiscount) {

    /** The attribute with the segments of the shopper, separated by commas. */
    static final String SEGMENTS = "segments";

    /** Begins the names of attributes that state what was taken of a bundle instead of its members. */
    public static final String SWAP = "swap:";

    /** No price was given. */
    public static final long NO_PRICE = Long.MIN_VALUE;

    /** The event says nothing of a discount on the cart. */
    public static final int NOT_STATED = Integer.MIN_VALUE;

    /** Whether a price was given. */
    public boolean priced() {
        return unitPriceMinor != NO_PRICE;
    }

    /** Segments of the shopper, separated by commas, or null where the event does not state them. */
    @Nullable
    String segments() {
        return attributes.get(SEGMENTS);
    }

    /** By member of the bundle that was bought, what the shopper took instead; empty where the event states no swap. */
    public Map<String, String> swaps() {
        if (bundleId == null || type != EventType.PURCHASE || attributes.isEmpty()) {
            return Map.of();
        }
        Map<String, String> swaps = new HashMap<>();
        attributes.forEach((name, item) -> {
            if (name.startsWith(SWAP)) {
                swaps.put(name.substring(SWAP.length()), item);
            }
        });
        return Map.copyOf(swaps);
    }

    /** The item or bundle that the event is about, as an {@link Entity}; null where it is about neither. */
    public @Nullable String entity() {
        if (itemId != null) {
            return Entity.ofItem(itemId);
        }
        return bundleId == null ? null : Entity.ofBundle(bundleId);
    }

    /** The id by which the event is partitioned: the user's, else the session's, else null. */
    public @Nullable String partitionId() {
        return userId != null ? userId : sessionId;
    }

    /** The key of the shopper's profile. */
    public String shopperKey() {
        return userId != null ? ShopperKey.ofUser(userId) : ShopperKey.ofSession(Objects.requireNonNull(sessionId));
    }
}
