package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.slot.FilledSlot;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The indexed data of one bundle: an immutable snapshot, rebuilt from scratch whenever the bundle, a member or one of
 * their models changes, so that it depends only on their latest state and not on the order of arrival. The arrays are
 * shared and must not be written.
 *
 * @param ordinal the bundle's number in this index
 * @param hash hash of the bundle as an entity
 * @param published the bundle as published, without what fills its slots; null: only a model of it is known
 * @param fill how its slots are filled
 * @param terms the prices and the stock of it and its members
 * @param model the bundle's own model; null: none
 * @param members ordinal, quantity and category of each member, one after the other, so that a candidate costs few
 *     cache lines; see {@link #member}, {@link #quantity}, {@link #memberCategory}
 * @param memberHashes hashes of the members as entities, ascending
 * @param memberListPrices see {@link #memberListPrice}
 * @param memberSignature a bit per member: two bundles without a common bit have no common member
 * @param memberMask the {@link #mask} of the members' ordinals: decides for most bundles without reading each member
 * @param categoryMask the {@link #mask} of the members' categories
 * @param logSize natural logarithm of the number of members; 0 without any
 * @param logPopularityShort natural logarithm of the short-term popularity, carried forward to the epoch; negative
 *     infinity without any. Subtract {@link CatalogIndex#decayShort} for its value at a time. It is the bundle's own
 *     plus that of its least popular member, because a set is not bought more often than its rarest member (the Apriori
 *     bound), while a mean would let one bestseller carry a set that nobody wants
 * @param logPopularityLong the same for the long-term popularity; see {@link CatalogIndex#decayLong}
 * @param logOwnPopularity the same for the bundle alone, without its members
 * @param engagement engagement with its offers; see {@link CatalogIndex#priorEngagement}
 * @param support how often the members are bought together: ln(1 + decayed common orders of the pair with the fewest),
 *     see {@link BundleSupport}
 * @param allConfidence how much the members belong together, 0 to 1: of the pair that does least, common orders as a
 *     share of the orders with the more popular of the two; 0 for a single member
 * @param priceMinor the bundle's price in minor units; copied here, like the following, so that scoring need not load
 *     {@link #bundle}
 * @param validFrom first moment at which it may be offered, epoch milliseconds
 * @param validUntil moment from which it may not be offered, epoch milliseconds; {@link Long#MAX_VALUE}: never ends,
 *     {@link Long#MIN_VALUE}: it was stopped, which also applies to late events
 * @param createdAt when the bundle was made, epoch milliseconds
 * @param forEveryone whether it is meant for all segments
 * @param mined whether it was mined, not made by a person
 * @param completable whether a shopper who has some of its members is offered the others; a mined bundle is always
 *     offered whole
 * @param conditions the conditions of its members; null: suits everybody who does not hold one of them
 * @param offerable whether only time may keep it from being offered: known here, so that most rules load nothing else
 */
public record BundleEntry(
        int ordinal,
        long hash,
        @Nullable Bundle published,
        SlotFill fill,
        BundleTerms terms,
        @Nullable EntityModel model,
        int[] members,
        long[] memberHashes,
        long[] memberListPrices,
        long memberSignature,
        long memberMask,
        long categoryMask,
        float logSize,
        double logPopularityShort,
        double logPopularityLong,
        double logOwnPopularity,
        EngagementKeys engagement,
        float support,
        float allConfidence,
        long priceMinor,
        long validFrom,
        long validUntil,
        long createdAt,
        boolean forEveryone,
        boolean mined,
        boolean completable,
        @Nullable BundleConditions conditions,
        boolean offerable) {
    private static final int MEMBER_FIELDS = 3;

    /**
     * Builds a snapshot.
     *
     * @param ordinal the bundle's number in the index
     * @param hash hash of the bundle as an entity
     * @param published the bundle; null: only a model of it is known
     * @param fill of its slots
     * @param model the bundle's own model; null: none
     * @param members its members
     * @param settings half-lives
     */
    static BundleEntry of(
            int ordinal,
            long hash,
            @Nullable Bundle published,
            SlotFill fill,
            @Nullable EntityModel model,
            BundleItems members,
            IndexSettings settings) {
        ItemEntry[] items = members.entries();
        int[] quantities = members.quantities();
        int[] packed = new int[items.length * MEMBER_FIELDS];
        long[] hashes = new long[items.length];
        long signature = 0;
        long ordinals = 0;
        long categories = 0;
        double leastShort = items.length == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        double leastLong = leastShort;
        for (int m = 0; m < items.length; m++) {
            packed[MEMBER_FIELDS * m] = items[m].ordinal();
            packed[MEMBER_FIELDS * m + 1] = quantities[m];
            packed[MEMBER_FIELDS * m + 2] = items[m].category();
            hashes[m] = items[m].hash();
            signature |= 1L << (items[m].hash() & Long.SIZE - 1);
            ordinals |= mask(items[m].ordinal());
            categories |= mask(items[m].category());
            leastShort = Math.min(leastShort, items[m].logPopularityShort());
            leastLong = Math.min(leastLong, items[m].logPopularityLong());
        }
        double own = LogPopularity.longTerm(model, settings.popularity());
        BundleTerms terms =
                BundleTerms.of(published == null ? null : fill.of(published), items, quantities, settings.pricing());
        Bundle bundle = terms.bundle();
        boolean mined = bundle != null && bundle.origin() == Bundle.Origin.MINED;
        return new BundleEntry(
                ordinal,
                hash,
                published,
                fill,
                terms,
                model,
                packed,
                hashes,
                listPrices(items, quantities),
                signature,
                ordinals,
                categories,
                (float) Math.log(Math.max(1, items.length)),
                LogPopularity.sum(LogPopularity.shortTerm(model, settings.popularity()), leastShort),
                LogPopularity.sum(own, leastLong),
                own,
                EngagementKeys.of(model),
                members.support().support(),
                members.support().allConfidence(),
                terms.priceMinor(),
                bundle == null ? Long.MAX_VALUE : bundle.validFrom(),
                bundle == null || bundle.stopped() ? Long.MIN_VALUE : bundle.validUntil(),
                bundle == null ? 0 : bundle.createdAt(),
                bundle == null || bundle.segments().isEmpty(),
                mined,
                bundle != null && bundle.sale().completable() && !mined,
                BundleConditions.of(items, members.had()),
                BundleState.apartFromTime(fill, terms, false) == BundleState.OFFERED);
    }

    private static long[] listPrices(ItemEntry[] items, int[] quantities) {
        long[] prices = new long[items.length];
        for (int m = 0; m < prices.length; m++) {
            Item item = items[m].item();
            prices[m] = item == null || !item.priced() ? 0 : item.priceMinor() * quantities[m];
        }
        return prices;
    }

    /** Its slots as they are filled; empty without slots, and where they cannot be filled. */
    public List<FilledSlot> slots() {
        return fill.slots();
    }

    /** The bundle as it is offered: at its price, its slots filled; not of an entry of which only a model is known. */
    public Bundle bundle() {
        return Objects.requireNonNull(terms.bundle());
    }

    /** The bundle as the catalogue states it, without what fills its slots, at the price at which it is offered. */
    public Bundle catalogued() {
        return published == null ? bundle() : bundle().filled(published.members());
    }

    /** Number of different members. */
    public int size() {
        return memberHashes.length;
    }

    /** Whether it is in the catalogue with more members than are accepted for a new bundle. */
    boolean wide() {
        return published != null && size() > CatalogRules.MOST_MEMBERS;
    }

    /** Ordinal of member {@code m}; members are in ascending order of their hashes. */
    public int member(int m) {
        return members[MEMBER_FIELDS * m];
    }

    /** Hash of member {@code m} as an entity; members are in ascending order of their hashes. */
    public long memberHash(int m) {
        return memberHashes[m];
    }

    /**
     * What member {@code m} costs in its quantity, as a share of the list price, 0 to 1; 0 where there are no prices.
     */
    public float memberShare(int m) {
        return terms.listPriceMinor() > 0 ? (float) ((double) memberListPrices[m] / terms.listPriceMinor()) : 0;
    }

    /** What all units of member {@code m} cost one by one, in minor units; 0 where that is not known. */
    public long memberListPrice(int m) {
        return memberListPrices[m];
    }

    /** The place of a member among those of the entry; negative: it is none. */
    public int memberOf(String itemId) {
        return Arrays.binarySearch(memberHashes, Entity.hashOfItem(itemId));
    }

    /**
     * The bit that stands for an ordinal, or a number of a category, in a set of 64 bits: that of the number modulo 64.
     * So a set may seem to hold what it does not hold, but never the reverse.
     */
    public static long mask(int ordinal) {
        return 1L << ordinal;
    }

    /** Number of the category of member {@code m}, or -1. */
    public int memberCategory(int m) {
        return members[MEMBER_FIELDS * m + 2];
    }

    /** Whether it has an item as a member. */
    public boolean has(int itemOrdinal) {
        for (int m = 0; m < size(); m++) {
            if (member(m) == itemOrdinal) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has an item, by the hash of that, as a member. */
    public boolean hasHash(long itemHash) {
        return Arrays.binarySearch(memberHashes, itemHash) >= 0;
    }

    /** Whether both hold the same items, in any quantities. */
    boolean sameMembers(BundleEntry other) {
        return Arrays.equals(memberHashes, other.memberHashes);
    }

    /** Units of member {@code m} in one bundle. */
    public int quantity(int m) {
        return members[MEMBER_FIELDS * m + 1];
    }

    /** Whether the bundle and all its members have a price, or it is offered without one. */
    public boolean priced() {
        return terms.priced();
    }

    /** List price in minor units, or {@link Item#UNKNOWN}. */
    public long listPriceMinor() {
        return terms.listPriceMinor();
    }

    /** What it cost the shop in minor units; not a number where that is not known. */
    public double costMinor() {
        return terms.costMinor();
    }

    /** Lowest price at which it may be offered, in minor units. */
    public long lowestPriceMinor() {
        return terms.lowestPriceMinor();
    }
}
