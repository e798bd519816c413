package dev.kombo.profile;

import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.MINUTE;
import static dev.kombo.settings.Range.between;

import dev.kombo.catalog.CatalogRules;
import dev.kombo.entity.Names;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates events before they are accepted. The first broken rule is the reason given. */
public record EventRules(
        int maxIdLength, int maxQuantity, long maxUnitPriceMinor, long futureTolerance, int maxAttributes) {
    /** Lowest value of a rating. */
    public static final float LOWEST_RATING = 1;

    /** Highest value of a rating. */
    public static final float HIGHEST_RATING = 5;

    public static final Setting<Integer> ID_LENGTH_MAX = Setting.ofInt(
                    "kombo.event.id.length.max", 128, between(8, 1024))
            .low("Longest id accepted, in characters (UTF-16 units).");
    public static final Setting<Integer> QUANTITY_MAX = Setting.ofInt(
                    "kombo.event.quantity.max", 1_000_000, between(1, 10_000_000))
            .medium("Most units accepted in one event.");
    public static final Setting<Long> UNIT_PRICE_MAX = Setting.ofLong(
                    "kombo.event.unit.price.max.minor", 10_000_000_000L, between(1L, 100_000_000_000L))
            .medium("Highest price of one unit accepted, in minor units.");
    public static final Setting<Long> FUTURE_TOLERANCE = Setting.ofLong(
                    "kombo.event.future.tolerance.ms", 5 * MINUTE, between(0L, DECADE))
            .medium("How far the time of an event may be ahead of its record's, in milliseconds.");
    public static final Setting<Integer> ATTRIBUTES_MAX =
            Setting.ofInt("kombo.event.attributes.max", 32, between(0, 1000)).low("Most free attributes of an event.");

    private static final int MAX_SEGMENTS_LENGTH = 1024;
    /** Most currencies that a shopper may pay in. */
    static final int MOST_CURRENCIES = 8;

    /** 1990-01-01: an earlier event in a record of today most likely has its time in epoch seconds. */
    public static final long EARLIEST = 631_152_000_000L;

    /** Reads the settings. */
    public static EventRules of(SettingValues values) {
        return new EventRules(
                values.get(ID_LENGTH_MAX),
                values.get(QUANTITY_MAX),
                values.get(UNIT_PRICE_MAX),
                values.get(FUTURE_TOLERANCE),
                values.get(ATTRIBUTES_MAX));
    }

    /**
     * A rule that an event breaks.
     *
     * @param field the invalid field of the contract
     * @param reason short stable code
     * @param detail what was found and what was expected, for a person
     */
    public record Violation(String field, String reason, String detail) {}

    /**
     * Checks an event.
     *
     * @param event the event
     * @param recordTime time of the record that carries it, epoch milliseconds; negative where unknown
     * @return the first rule broken, or null
     */
    public @Nullable Violation check(ShopperEvent event, long recordTime) {
        Violation violation = checkIds(event);
        if (violation == null) {
            violation = checkSubject(event);
        }
        if (violation == null) {
            violation = checkAmounts(event);
        }
        return violation != null ? violation : checkTime(event, recordTime);
    }

    private @Nullable Violation checkIds(ShopperEvent event) {
        if (blank(event.eventId())) {
            return new Violation("eventId", "missing-event-id", "eventId is blank");
        }
        if (blank(event.userId()) && blank(event.sessionId())) {
            return new Violation("userId", "no-shopper", "neither userId nor sessionId is given");
        }
        if (event.userId() != null && event.userId().isBlank()) {
            return new Violation("userId", "blank-id", "userId is blank; leave it out instead");
        }
        Violation violation = checkLength("eventId", event.eventId());
        violation = violation != null ? violation : checkLength("userId", event.userId());
        violation = violation != null ? violation : checkLength("sessionId", event.sessionId());
        violation = violation != null ? violation : checkLength("itemId", event.itemId());
        violation = violation != null ? violation : checkLength("bundleId", event.bundleId());
        violation = violation != null ? violation : checkLength("offerId", event.offerId());
        violation = violation != null ? violation : checkLength("orderId", event.orderId());
        violation = violation != null ? violation : checkPlacement(event.placement());
        if (violation == null && event.segments() != null && event.segments().length() > MAX_SEGMENTS_LENGTH) {
            return new Violation(
                    "attributes",
                    "segments-too-long",
                    event.segments().length() + " characters, at most " + MAX_SEGMENTS_LENGTH + " are accepted");
        }
        if (violation == null && event.attributes().size() > maxAttributes) {
            return new Violation(
                    "attributes",
                    "too-many-attributes",
                    event.attributes().size() + " attributes, at most " + maxAttributes + " are accepted");
        }
        for (String item : violation == null ? event.swaps().values() : Set.<String>of()) {
            violation = violation != null ? violation : checkNotBlank("attributes", item);
            violation = violation != null ? violation : checkLength("attributes", item);
        }
        return violation;
    }

    private @Nullable Violation checkLength(String field, @Nullable String id) {
        if (id == null || id.length() <= maxIdLength) {
            return null;
        }
        return new Violation(
                field, "id-too-long", id.length() + " characters, at most " + maxIdLength + " are accepted");
    }

    private static @Nullable Violation checkPlacement(@Nullable String placement) {
        String problem = placement == null || placement.isEmpty() ? null : Names.problem("placement", placement);
        return problem == null ? null : new Violation("placement", "no-name", problem);
    }

    private static @Nullable Violation checkSubject(ShopperEvent event) {
        if (event.type() == EventType.UNKNOWN) {
            return new Violation("type", "unknown-type", "the type is not one that this version knows");
        }
        boolean item = !blank(event.itemId());
        boolean bundle = !blank(event.bundleId());
        if (item && bundle) {
            return new Violation("itemId", "item-and-bundle", "both itemId and bundleId are given; one is expected");
        }
        if (event.type().offerFeedback()) {
            return blank(event.offerId())
                    ? new Violation("offerId", "missing-offer", event.type() + " must name its offer")
                    : checkNotBlank(event);
        }
        if (!item && !bundle && event.type() != EventType.OFFER_REQUEST) {
            return new Violation(
                    "itemId", "no-item-or-bundle", "neither itemId nor bundleId is given; one is expected");
        }
        return checkNotBlank(event);
    }

    /** A blank id would be taken for the name of something. */
    private static @Nullable Violation checkNotBlank(ShopperEvent event) {
        Violation violation = checkNotBlank("itemId", event.itemId());
        violation = violation != null ? violation : checkNotBlank("bundleId", event.bundleId());
        return violation != null ? violation : checkNotBlank("orderId", event.orderId());
    }

    private static @Nullable Violation checkNotBlank(String field, @Nullable String id) {
        return id != null && id.isBlank()
                ? new Violation(field, "blank-id", field + " is blank; leave it out instead")
                : null;
    }

    private @Nullable Violation checkAmounts(ShopperEvent event) {
        int quantity = event.quantity();
        if (quantity < 0) {
            return new Violation("quantity", "negative-quantity", quantity + ", at least 1 is expected");
        }
        if (quantity == 0) {
            return new Violation("quantity", "zero-quantity", "0, at least 1 is expected");
        }
        if (quantity > maxQuantity) {
            return new Violation("quantity", "absurd-quantity", quantity + ", at most " + maxQuantity + " is accepted");
        }
        if (event.priced()) {
            Violation violation = checkPrice(event);
            if (violation != null) {
                return violation;
            }
        }
        int discount = event.cartDiscount();
        if (discount != ShopperEvent.NOT_STATED && (discount < 0 || discount > Cart.WHOLE)) {
            return new Violation(
                    "cartDiscountBasisPoints",
                    "discount-out-of-range",
                    discount + ", 0 to " + Cart.WHOLE + " is expected");
        }
        if (event.type() == EventType.RATING
                && !(event.rating() >= LOWEST_RATING && event.rating() <= HIGHEST_RATING)) {
            return new Violation("ratingValue", "rating-out-of-range", event.rating() + ", 1 to 5 is expected");
        }
        return null;
    }

    private @Nullable Violation checkPrice(ShopperEvent event) {
        long price = event.unitPriceMinor();
        if (price < 0) {
            return new Violation("unitPriceMinor", "negative-price", price + ", at least 0 is expected");
        }
        if (price > maxUnitPriceMinor) {
            return new Violation(
                    "unitPriceMinor", "absurd-price", price + ", at most " + maxUnitPriceMinor + " is accepted");
        }
        if (!CatalogRules.isCurrencyCode(event.currency())) {
            return new Violation(
                    "currency",
                    "missing-currency",
                    Objects.toString(event.currency(), "none") + ", a price needs a code of ISO 4217, such as GBP");
        }
        return null;
    }

    /**
     * Checks an event's currency against those that its shopper paid in before, since accounts have a row for each.
     *
     * @return the rule broken, or null
     */
    public @Nullable Violation checkCurrency(ShopperEvent event, Set<String> paidIn) {
        return !event.priced()
                        || !event.type().movesMoney()
                        || paidIn.size() < MOST_CURRENCIES
                        || paidIn.contains(event.currency())
                ? null
                : new Violation(
                        "currency",
                        "too-many-currencies",
                        event.currency() + ", the shopper has paid in " + MOST_CURRENCIES + " others");
    }

    private @Nullable Violation checkTime(ShopperEvent event, long recordTime) {
        if (event.time() <= 0) {
            return new Violation("eventTime", "no-time", event.time() + ", epoch milliseconds are expected");
        }
        if (event.time() < EARLIEST && recordTime >= EARLIEST) {
            return new Violation(
                    "eventTime",
                    "time-implausible",
                    event.time() + " is " + Instant.ofEpochMilli(event.time())
                            + "; epoch milliseconds are expected, and these look like seconds");
        }
        if (recordTime >= 0 && event.time() > recordTime + futureTolerance) {
            return new Violation(
                    "eventTime",
                    "time-in-future",
                    event.time() + " lies more than " + futureTolerance + " ms after its record, " + recordTime);
        }
        return null;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
