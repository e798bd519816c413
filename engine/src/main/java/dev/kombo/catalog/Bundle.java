package dev.kombo.catalog;

import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.price.PriceRule;
import dev.kombo.slot.BundleSlot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Items sold together at one price, or one item sold by itself.
 *
 * @param id the bundle's id
 * @param title name shown to shoppers
 * @param members its items, each once
 * @param priceMinor price of the whole in minor units; where the price follows from a rule, what that gives
 * @param listPriceMinor what the members cost one by one, in minor units
 * @param currency ISO 4217 code
 * @param marginMinor price less cost in minor units, or {@link Item#UNKNOWN} ({@link Long#MIN_VALUE} never occurs)
 * @param stock bundles on hand, or {@link Item#UNLIMITED}
 * @param validFrom first moment at which it may be offered, epoch milliseconds; {@link Long#MIN_VALUE}: always
 * @param validUntil moment from which it may not be offered, epoch milliseconds; {@link Long#MAX_VALUE}: never ends
 * @param segments user segments it is meant for; empty: everyone
 * @param origin who made it
 * @param createdAt epoch milliseconds
 * @param limits what it may not be offered below
 * @param stoppedAt when it was stopped, epoch milliseconds, or {@link Item#UNKNOWN}
 * @param priceRule how its price follows from those of its members, if it does
 * @param slots places that each offer fills, besides the members
 * @param sale how it is sold beside what the shopper has, and beside other discounts
 */
public record Bundle(
        String id,
        String title,
        List<BundleMember> members,
        long priceMinor,
        long listPriceMinor,
        String currency,
        long marginMinor,
        long stock,
        long validFrom,
        long validUntil,
        Set<String> segments,
        Origin origin,
        long createdAt,
        PriceLimits limits,
        long stoppedAt,
        PriceRule priceRule,
        List<BundleSlot> slots,
        SaleTerms sale) {

    /** Who made a bundle. */
    public enum Origin {
        CURATED,
        MINED
    }

    /** ISO 4217 code for "no currency": a bundle that costs 0 of it has no price. */
    public static final String NO_CURRENCY = "XXX";

    /** Creates a bundle of unknown margin for everyone, at any time and in any number. */
    public Bundle(
            String id,
            String title,
            List<BundleMember> members,
            long priceMinor,
            long listPriceMinor,
            String currency,
            Origin origin,
            long createdAt) {
        this(
                id,
                title,
                members,
                priceMinor,
                listPriceMinor,
                currency,
                Item.UNKNOWN,
                Item.UNLIMITED,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                origin,
                createdAt,
                PriceLimits.NONE,
                Item.UNKNOWN,
                PriceRule.NONE,
                List.of(),
                SaleTerms.NONE);
    }

    /** Copies the collections, so that a bundle in an index never changes. */
    public Bundle {
        members = BundleMember.merged(members);
        segments = Set.copyOf(segments);
        slots = List.copyOf(slots);
    }

    /** Returns a copy stopped at a time, epoch milliseconds; an earlier stop is kept. */
    public Bundle stop(long time) {
        return stopped()
                ? this
                : with(title, members, priceMinor, listPriceMinor, marginMinor, limits, time, priceRule);
    }

    /** Returns a copy with another title. */
    public Bundle titled(String other) {
        return with(other, members, priceMinor, listPriceMinor, marginMinor, limits, stoppedAt, priceRule);
    }

    /** Returns a copy with another price, list price and margin, in minor units. */
    public Bundle priced(long otherPrice, long otherListPrice, long otherMargin) {
        return with(title, members, otherPrice, otherListPrice, otherMargin, limits, stoppedAt, priceRule);
    }

    /** Returns a copy whose members include those that fill its slots. */
    public Bundle filled(List<BundleMember> all) {
        return with(title, all, priceMinor, listPriceMinor, marginMinor, limits, stoppedAt, priceRule);
    }

    /** Returns a copy of some of its members, at a fixed price, list price and margin in minor units. */
    public Bundle part(
            List<BundleMember> some, long otherPrice, long otherListPrice, long otherMargin, PriceLimits otherLimits) {
        return with(title, some, otherPrice, otherListPrice, otherMargin, otherLimits, stoppedAt, PriceRule.NONE);
    }

    /** Returns a copy with another margin, in minor units, and time at which it was made. */
    Bundle with(long otherMargin, long otherCreation) {
        return new Bundle(
                id,
                title,
                members,
                priceMinor,
                listPriceMinor,
                currency,
                otherMargin,
                stock,
                validFrom,
                validUntil,
                segments,
                origin,
                otherCreation,
                limits,
                stoppedAt,
                priceRule,
                slots,
                sale);
    }

    private Bundle with(
            String otherTitle,
            List<BundleMember> otherMembers,
            long otherPrice,
            long otherListPrice,
            long otherMargin,
            PriceLimits otherLimits,
            long otherStop,
            PriceRule otherRule) {
        return new Bundle(
                id,
                otherTitle,
                otherMembers,
                otherPrice,
                otherListPrice,
                currency,
                otherMargin,
                stock,
                validFrom,
                validUntil,
                segments,
                origin,
                createdAt,
                otherLimits,
                otherStop,
                otherRule,
                slots,
                sale);
    }

    /** Whether it is offered without a price. */
    public boolean priceless() {
        return priceMinor == 0 && NO_CURRENCY.equals(currency);
    }

    /** Whether it was stopped. */
    public boolean stopped() {
        return stoppedAt != Item.UNKNOWN;
    }

    /**
     * How a bundle is sold beside what the shopper has, and beside other discounts.
     *
     * @param completable whether a shopper who has some of its members is offered the others
     * @param combinesWith which discounts hold beside its price: {@link #CODES}, {@link #BUNDLES} or {@link #NOTHING};
     *     empty: not stated
     */
    public record SaleTerms(boolean completable, Set<String> combinesWith) {
        /** The shop's discount on the cart, such as by a code. */
        public static final String CODES = "codes";
        /** Other bundles in the same cart. */
        public static final String BUNDLES = "bundles";
        /** States that no other discount holds; by itself. */
        public static final String NOTHING = "nothing";
        /** Most of them that a bundle may state. */
        public static final int MOST_COMBINED = 2;

        /** Not completable, and nothing is stated of other discounts. */
        public static final SaleTerms NONE = new SaleTerms(false, Set.of());

        /** Copies the set, so that a bundle in an index never changes. */
        public SaleTerms {
            combinesWith = Set.copyOf(combinesWith);
        }

        @Nullable
        String problem() {
            Set<String> known = Set.of(CODES, BUNDLES);
            return known.containsAll(combinesWith) || combinesWith.equals(Set.of(NOTHING))
                    ? null
                    : "is " + String.join(", ", new TreeSet<>(combinesWith))
                            + "; codes, bundles or both are expected, or nothing";
        }
    }

    /**
     * What a bundle may not be offered below.
     *
     * @param maxDiscountBasisPoints largest discount off what its members cost one by one, in hundredths of a percent
     * @param minMarginMinor smallest price less cost, in minor units, or {@link Item#UNKNOWN}: no limit
     */
    public record PriceLimits(int maxDiscountBasisPoints, long minMarginMinor) {
        /** Any discount. */
        public static final int ANY_DISCOUNT = 10_000;
        /** No limits. */
        public static final PriceLimits NONE = new PriceLimits(ANY_DISCOUNT, Item.UNKNOWN);

        private static final long NEVER = Long.MAX_VALUE;

        /**
         * The lowest price that keeps them, in minor units; more than any price where that is not known, 0 without
         * limits.
         *
         * @param listPriceMinor what the members cost one by one, or {@link Item#UNKNOWN}
         * @param costMinor of the bundle; not a number where that is not known
         */
        public long lowestPrice(long listPriceMinor, double costMinor) {
            long discounted = 0;
            if (maxDiscountBasisPoints < ANY_DISCOUNT) {
                if (listPriceMinor < 0) {
                    return NEVER;
                }
                // In whole numbers and without overflow, rounded down: a price of which a discount is rounded keeps it.
                long kept = (long) ANY_DISCOUNT - maxDiscountBasisPoints;
                discounted = listPriceMinor / ANY_DISCOUNT * kept + listPriceMinor % ANY_DISCOUNT * kept / ANY_DISCOUNT;
            }
            if (minMarginMinor == Item.UNKNOWN) {
                return discounted;
            }
            return Double.isNaN(costMinor)
                    ? NEVER
                    : Math.max(discounted, (long) Math.floor(costMinor + minMarginMinor));
        }
    }
}
