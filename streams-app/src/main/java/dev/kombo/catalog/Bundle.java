package dev.kombo.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A set of items sold together at one price.
 *
 * @param id the bundle's id
 * @param title name shown to shoppers
 * @param members its items, each once
 * @param priceMinor price of the whole in minor units
 * @param listPriceMinor what the members cost one by one, in minor units
 * @param currency ISO 4217 code
 * @param marginMinor price less cost in minor units, or {@link Item#UNKNOWN} ({@link Long#MIN_VALUE} never occurs)
 * @param stock bundles on hand, or {@link Item#UNLIMITED}
 * @param validFrom first moment at which it may be offered, epoch milliseconds; {@link Long#MIN_VALUE}: always
 * @param validUntil moment from which it may not be offered, epoch milliseconds; {@link Long#MAX_VALUE}: never ends
 * @param segments user segments it is meant for; empty: everyone
 * @param origin who made it
 * @param createdAt epoch milliseconds
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
        long createdAt) {

    /** Who made a bundle. */
    public enum Origin {
        CURATED,
        MINED
    }

    /** Copies the collections, so that a bundle never changes once it is in an index. */
    public Bundle {
        members = merged(members);
        segments = Set.copyOf(segments);
    }

    /** An item that is named twice is one member with the sum of the quantities, which does not overflow. */
    private static List<BundleMember> merged(List<BundleMember> members) {
        Map<String, BundleMember> byItem = new LinkedHashMap<>();
        for (BundleMember member : members) {
            byItem.merge(member.itemId(), member, BundleMember::plus);
        }
        return List.copyOf(byItem.values());
    }

    /** What a shopper saves against buying the members one by one, in minor units; never negative. */
    public long savingMinor() {
        return Math.max(0, listPriceMinor - priceMinor);
    }
}
