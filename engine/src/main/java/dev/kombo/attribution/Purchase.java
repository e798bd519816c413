package dev.kombo.attribution;

import dev.kombo.codec.Fields;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An order line: the purchase of an item or of a whole bundle.
 *
 * @param eventId the event
 * @param itemId the item; null where a bundle was bought
 * @param bundleId the bundle; null where an item was bought
 * @param offerId the offer it came through, or null
 * @param orderId the order, or null
 * @param quantity units, at least 1
 * @param unitPriceMinor price of one unit in minor units; 0 where unknown
 * @param currency ISO 4217 code; null where there is no price
 * @param time epoch milliseconds
 * @param swaps what was taken of the bundle instead of its members, by member; empty where that is not known; not
 *     copied, never written
 */
public record Purchase(
        String eventId,
        @Nullable String itemId,
        @Nullable String bundleId,
        @Nullable String offerId,
        @Nullable String orderId,
        int quantity,
        long unitPriceMinor,
        @Nullable String currency,
        long time,
        Map<String, String> swaps) {
    static final Purchase BLANK = new Purchase("", null, "", null, null, 1, 0, null, 0, Map.of());

    /**
     * Validates the line.
     *
     * @throws IllegalArgumentException if it has not exactly one of item and bundle, or quantity or price is out of
     *     range
     */
    public Purchase {
        LineChecks.check(itemId, bundleId, quantity, unitPriceMinor);
    }

    /** The fields of a bundle that was bought. */
    Purchase fields(Fields f) {
        return new Purchase(
                f.text(eventId),
                null,
                f.textOrNull(bundleId),
                f.textOrNull(offerId),
                f.textOrNull(orderId),
                f.number(quantity),
                f.number(unitPriceMinor),
                f.textOrNull(currency),
                f.number(time),
                f.since(LedgerState.HISTORY_LAYOUT) ? swaps(f) : Map.of());
    }

    private Map<String, String> swaps(Fields f) {
        Map<String, String> stored = f.reading() ? new HashMap<>() : new TreeMap<>(swaps);
        f.each(stored, "", (item, fields) -> fields.text(item));
        return stored;
    }

    Purchase withQuantity(int units) {
        return new Purchase(eventId, itemId, bundleId, offerId, orderId, units, unitPriceMinor, currency, time, swaps);
    }

    /** Price of all units in minor units. */
    public long revenueMinor() {
        return unitPriceMinor * quantity;
    }
}
