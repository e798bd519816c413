package dev.kombo.entity;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An item that can be bought.
 *
 * @param id the shop's id
 * @param title name shown to shoppers, may be empty
 * @param category the shop's category; null: none
 * @param priceMinor price of one unit in minor units, or {@link #UNKNOWN}
 * @param currency ISO 4217 code; null: there is no price
 * @param costMinor what one unit costs the shop in minor units, or {@link #UNKNOWN}
 * @param stock units on hand, or {@link #UNLIMITED}
 * @param attributes the shop's own additions
 * @param updatedAt when the shop changed it, epoch milliseconds
 * @param image address of its picture; null: none
 * @param link address of its page; null: none
 * @param marginMinor what one unit earns in minor units where there is no price, or {@link #UNKNOWN}
 * @param suitability whom it suits
 */
public record Item(
        String id,
        String title,
        @Nullable String category,
        long priceMinor,
        @Nullable String currency,
        long costMinor,
        long stock,
        Map<String, String> attributes,
        long updatedAt,
        @Nullable String image,
        @Nullable String link,
        long marginMinor,
        Suitability suitability) {
    /** An amount that is not known. */
    public static final long UNKNOWN = -1;

    /** Stock that does not run out, or is not known. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Copies the attributes, so that an item in an index never changes. */
    public Item {
        attributes = Map.copyOf(attributes);
        suitability = suitability.equals(Suitability.ONCE) ? Suitability.ONCE : suitability;
    }

    /** Creates an item of which only these are known. */
    public Item(
            String id,
            String title,
            @Nullable String category,
            long priceMinor,
            @Nullable String currency,
            long costMinor,
            long stock) {
        this(
                id,
                title,
                category,
                priceMinor,
                currency,
                costMinor,
                stock,
                Map.of(),
                0,
                null,
                null,
                UNKNOWN,
                Suitability.ONCE);
    }

    /** Returns a copy with another margin, in minor units, and time of change. */
    public Item with(long otherMargin, long otherUpdate) {
        return new Item(
                id,
                title,
                category,
                priceMinor,
                currency,
                costMinor,
                stock,
                attributes,
                otherUpdate,
                image,
                link,
                otherMargin,
                suitability);
    }

    /** Whether a price is known. */
    public boolean priced() {
        return priceMinor >= 0 && currency != null;
    }

    /**
     * The conditions that an item sets for the shoppers it is offered to.
     *
     * @param repeatable whether a shopper who holds it may hold another one
     * @param requires ids of items of which one must be held, or be in the same bundle; empty: none is needed
     * @param minAge youngest age in years
     * @param maxAge oldest age in years, or {@link Integer#MAX_VALUE}
     * @param segments user segments it is meant for; empty: everyone
     */
    public record Suitability(boolean repeatable, Set<String> requires, int minAge, int maxAge, Set<String> segments) {
        /** Suits everybody, once. */
        public static final Suitability ONCE = new Suitability(false, Set.of(), 0, Integer.MAX_VALUE, Set.of());

        /** Copies the sets, so that an item in an index never changes. */
        public Suitability {
            requires = Set.copyOf(requires);
            segments = Set.copyOf(segments);
        }
    }
}
