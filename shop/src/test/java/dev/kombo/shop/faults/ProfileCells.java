package dev.kombo.shop.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All that a profile tells, as one text per cell, so that profiles are compared cell by cell. */
final class ProfileCells {
    /** Stands for a cell that is not there. */
    static final String NONE = "none";

    static final String CLICKED = " clicked";
    static final String BOUGHT = " bought";
    private static final String DISMISSED = " dismissed";

    /** Interests fade by less than this in the hours of a test, and each event adds more. */
    private static final double WEIGHT_TOLERANCE = 0.05;

    private ProfileCells() {}

    /** What the service answers about a shopper; none where it knows nobody of the name. */
    static Map<String, String> of(JsonNode profile) {
        Map<String, String> cells = new TreeMap<>();
        if (profile.isMissingNode()) {
            return cells;
        }
        cells.put("first seen", profile.path("firstSeen").asText());
        cells.put("last seen", profile.path("lastSeen").asText());
        cells.put("robot", profile.path("robot").asText());
        cells.put("entered", profile.path("enrollment").path("enteredAt").asText());
        cells.put("open offers", profile.path("openOffers").asText());
        profile.path("events")
                .properties()
                .forEach(count ->
                        cells.put("events " + count.getKey(), count.getValue().asText()));
        for (JsonNode amount : profile.path("spend")) {
            cells.put(
                    "spend " + amount.path("currency").asText(),
                    amount.path("amountMinor").asText());
        }
        for (JsonNode interest : profile.path("categories")) {
            cells.put(
                    "category " + interest.path("category").asText(),
                    weight(interest.path("weight").asDouble()));
        }
        things(profile, cells);
        for (JsonNode offer : profile.path("offers")) {
            cells.put("offer " + offer.path("offerId").asText(), offer(offer));
        }
        return cells;
    }

    private static void things(JsonNode profile, Map<String, String> cells) {
        List<String> cart = new ArrayList<>();
        for (JsonNode line : profile.path("cart")) {
            String item = line.path("itemId").asText();
            cart.add(item);
            cells.put(
                    "cart " + item,
                    line(line.path("quantity").asLong(), line.path("addedAt").asLong()));
        }
        if (!cart.isEmpty()) {
            cells.put("cart", cart.toString());
        }
        for (JsonNode thing : profile.path("bought")) {
            String id = thing.path("itemId").isNull()
                    ? thing.path("bundleId").asText()
                    : thing.path("itemId").asText();
            cells.put(
                    "bought " + id,
                    line(thing.path("times").asLong(), thing.path("lastAt").asLong()));
        }
        for (JsonNode item : profile.path("held")) {
            cells.put("held " + item.path("itemId").asText(), "yes");
        }
    }

    private static String offer(JsonNode offer) {
        List<String> bundles = new ArrayList<>();
        for (JsonNode bundle : offer.path("bundles")) {
            bundles.add(bundle(
                    bundle.path("bundleId").asText(),
                    bundle.path("price").path("amountMinor").asLong(),
                    bundle.path("price").path("currency").asText(),
                    (bundle.path("clicked").asBoolean() ? CLICKED : "")
                            + (bundle.path("bought").asBoolean() ? BOUGHT : "")
                            + (bundle.path("dismissed").asBoolean() ? DISMISSED : "")));
        }
        return offer(
                offer.path("placement").asText(),
                offer.path("arm").asText(),
                offer.path("offeredAt").asLong(),
                offer.path("seenAt").asLong(),
                bundles);
    }

    /** Units and their latest time. */
    static String line(long units, long time) {
        return units + " at " + time;
    }

    static String bundle(String id, long priceMinor, String currency, String responses) {
        return id + " " + priceMinor + " " + currency + responses;
    }

    /**
     * An offer.
     *
     * @param seenAt 0: never
     */
    static String offer(String placement, String arm, long offeredAt, long seenAt, List<String> bundles) {
        return "%s %s made %d, seen %d, %s".formatted(placement, arm, offeredAt, seenAt, bundles);
    }

    static String weight(double weight) {
        return String.format(Locale.ROOT, "%.3f", weight);
    }

    /**
     * Whether two texts of a cell mean the same.
     *
     * @param one {@link #NONE} where the cell is not there
     */
    static boolean equal(String cell, String one, String other) {
        return one.equals(other)
                || (cell.startsWith("category ")
                        && !one.equals(NONE)
                        && !other.equals(NONE)
                        && Math.abs(Double.parseDouble(one) - Double.parseDouble(other)) < WEIGHT_TOLERANCE);
    }
}
