package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.TargetModel;
import java.util.Arrays;

/**
 * What the index holds of one bundle: a snapshot that never changes, assembled from scratch whenever the bundle, a
 * member or a model of them changes, so that it depends on their latest state only and not on the order in which they
 * came. The arrays are shared and must not be written.
 *
 * <ul>
 *   <li><b>Popularity</b>: the bundle's own plus that of its least popular member, because a set is not bought more
 *       often than the rarest thing in it (the Apriori bound), while a mean would let one bestseller carry a set that
 *       nobody wants.
 *   <li><b>List price</b>: what the members cost one by one where all their prices are known in the bundle's currency,
 *       otherwise what the bundle says.
 *   <li><b>Sellable</b>: whole bundles that its own and its members' stock allows.
 * </ul>
 */
public final class BundleEntry implements BundleContent {
    /** Ordinal, quantity and category of a member lie side by side: one candidate costs few cache lines. */
    private static final int MEMBER_FIELDS = 3;

    private final int ordinal;
    private final long hash;
    private final Bundle bundle;
    private final TargetModel model;
    private final int[] members;
    private final long[] memberHashes;
    private final long memberSignature;
    private final double logPopularityShort;
    private final double logPopularityLong;
    private final double logOwnPopularity;
    private final ResponseKeys responses;
    private final float support;
    private final long sellable;
    private final boolean priced;
    private final boolean oneCurrency;
    private final long listPriceMinor;
    private final float discount;
    private final float logPrice;
    private final float logUnitPrice;
    private final long priceMinor;
    private final long validFrom;
    private final long validUntil;
    private final long createdAt;
    private final boolean forEveryone;
    private final boolean dearerThanMembers;
    private final boolean mined;
    private final BundleConditions conditions;

    /**
     * Assembles a snapshot.
     *
     * @param ordinal the bundle's number in the index
     * @param hash hash of the bundle's target
     * @param bundle the bundle, or null where only a model of it is known
     * @param model what was learned of the bundle itself, or null
     * @param items its members, each once, in ascending hashes: sums must not depend on the order of arrival
     * @param quantities units of each of them
     * @param settings half-lives
     */
    BundleEntry(
            int ordinal,
            long hash,
            Bundle bundle,
            TargetModel model,
            ItemEntry[] items,
            int[] quantities,
            IndexSettings settings) {
        this.ordinal = ordinal;
        this.hash = hash;
        this.bundle = bundle;
        this.model = model;
        members = new int[items.length * MEMBER_FIELDS];
        memberHashes = new long[items.length];
        long signature = 0;
        for (int m = 0; m < items.length; m++) {
            members[MEMBER_FIELDS * m] = items[m].ordinal();
            members[MEMBER_FIELDS * m + 1] = quantities[m];
            members[MEMBER_FIELDS * m + 2] = items[m].category();
            memberHashes[m] = items[m].hash();
            signature |= 1L << (items[m].hash() & 63);
        }
        memberSignature = signature;
        logPopularityShort =
                BundlePopularity.shortTerm(model, items, settings.popularity().shortHalfLifeMillis());
        logPopularityLong =
                BundlePopularity.longTerm(model, items, settings.popularity().longHalfLifeMillis());
        logOwnPopularity = BundlePopularity.own(model, settings.popularity().longHalfLifeMillis());
        responses = ResponseKeys.of(model, settings.responses().halfLifeMillis());
        support = BundleSupport.of(items);
        BundleTerms terms = BundleTerms.of(bundle, items, quantities);
        sellable = terms.sellable();
        priced = terms.priced();
        oneCurrency = terms.oneCurrency();
        listPriceMinor = terms.listPriceMinor();
        discount = terms.discount();
        logPrice = terms.logPrice();
        logUnitPrice = terms.logUnitPrice();
        priceMinor = bundle == null ? Item.UNKNOWN : bundle.priceMinor();
        validFrom = bundle == null ? Long.MAX_VALUE : bundle.validFrom();
        validUntil = bundle == null || bundle.stopped() ? Long.MIN_VALUE : bundle.validUntil();
        createdAt = bundle == null ? 0 : bundle.createdAt();
        forEveryone = bundle == null || bundle.segments().isEmpty();
        dearerThanMembers = bundle != null && listPriceMinor >= 0 && priceMinor > listPriceMinor;
        mined = bundle != null && bundle.origin() == Bundle.Origin.MINED;
        conditions = BundleConditions.of(items);
    }

    /** The bundle's number in this index. */
    public int ordinal() {
        return ordinal;
    }

    /** Hash of the bundle's target. */
    public long hash() {
        return hash;
    }

    /** The bundle. */
    public Bundle bundle() {
        return bundle;
    }

    /** What was learned of the bundle itself, or null. */
    public TargetModel model() {
        return model;
    }

    @Override
    public int size() {
        return memberHashes.length;
    }

    /** Ordinal of member {@code m}; members are in ascending hashes of their targets. */
    public int member(int m) {
        return members[MEMBER_FIELDS * m];
    }

    @Override
    public long memberHash(int m) {
        return memberHashes[m];
    }

    /** Number of the category of member {@code m}, or -1. */
    public int memberCategory(int m) {
        return members[MEMBER_FIELDS * m + 2];
    }

    /** Whether both hold the same items, in whatever quantities. */
    boolean sameMembers(BundleEntry other) {
        return Arrays.equals(memberHashes, other.memberHashes);
    }

    /** Units of member {@code m} in one bundle. */
    public int quantity(int m) {
        return members[MEMBER_FIELDS * m + 1];
    }

    @Override
    public long memberSignature() {
        return memberSignature;
    }

    /**
     * Natural logarithm of the short-term popularity, carried forward to the epoch; negative infinity without any.
     * Subtract {@link CatalogIndex#decayShort} for its value at a time.
     */
    public double logPopularityShort() {
        return logPopularityShort;
    }

    /** The same of the long-term popularity; see {@link CatalogIndex#decayLong}. */
    public double logPopularityLong() {
        return logPopularityLong;
    }

    /** The same of the bundle itself, without that of a member. */
    public double logOwnPopularity() {
        return logOwnPopularity;
    }

    /** What became of its offers; see {@link CatalogIndex#priorResponses}. */
    public ResponseKeys responses() {
        return responses;
    }

    /** How much the members are bought together: ln(1 + decayed common orders of the pair that has fewest). */
    public float support() {
        return support;
    }

    /** The bundle's price in minor units; here, as the following, so that scoring need not follow {@link #bundle}. */
    public long priceMinor() {
        return priceMinor;
    }

    /** First moment at which it may be offered, epoch milliseconds. */
    public long validFrom() {
        return validFrom;
    }

    /**
     * Moment from which it may not be offered, epoch milliseconds; {@link Long#MAX_VALUE}: never ends, {@link
     * Long#MIN_VALUE}: it was stopped, which holds for events that come late too.
     */
    public long validUntil() {
        return validUntil;
    }

    /** When the bundle was made, epoch milliseconds. */
    public long createdAt() {
        return createdAt;
    }

    /** Whether it is meant for all segments. */
    public boolean forEveryone() {
        return forEveryone;
    }

    /** Whether it was mined and not made by a person. */
    public boolean mined() {
        return mined;
    }

    /** Whom its members suit, or null: everybody who does not hold one of them. */
    public BundleConditions conditions() {
        return conditions;
    }

    /** Whether its price is above {@link #listPriceMinor}, where this is known. */
    public boolean dearerThanMembers() {
        return dearerThanMembers;
    }

    /** Whole bundles that can be sold, or {@link Item#UNLIMITED}. */
    public long sellable() {
        return sellable;
    }

    /** Whether the bundle and all its members have a price, or it is offered without one. */
    public boolean priced() {
        return priced;
    }

    /** Whether all prices known are in the bundle's currency. */
    public boolean oneCurrency() {
        return oneCurrency;
    }

    /** What the members cost one by one in minor units, or {@link Item#UNKNOWN}. */
    public long listPriceMinor() {
        return listPriceMinor;
    }

    /** Share of the list price that is saved, 0 to 1. */
    public float discount() {
        return discount;
    }

    /** Natural logarithm of the price, in minor units; 0 without a price. */
    public float logPrice() {
        return logPrice;
    }

    /** Natural logarithm of the price of one unit in the bundle, in minor units; 0 without a price. */
    public float logUnitPrice() {
        return logUnitPrice;
    }
}
