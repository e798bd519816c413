package dev.kombo.learning.mining;

import dev.kombo.catalog.StableHash;
import java.util.List;

/**
 * A bundle found in closed orders.
 *
 * @param id {@code mined-} and a hash of the members: the same members always give the same id
 * @param members two or three item ids, sorted
 * @param support closed orders with all members, without those an offer caused; never overestimated
 * @param orders total of closed orders
 * @param lift support over what independent purchases would give; for a triple its square root
 * @param liftLower lower confidence bound on {@code lift}
 * @param priceMinor price under the discount, in minor units, above 0
 * @param listPriceMinor sum of the members' prices, in minor units
 * @param currency ISO 4217 code of all prices
 */
public record MinedBundle(
        String id,
        List<String> members,
        long support,
        long orders,
        double lift,
        double liftLower,
        long priceMinor,
        long listPriceMinor,
        String currency) {
    /** Prefix of the ids of mined bundles. */
    public static final String ID_PREFIX = "mined-";

    /** Copies the members. */
    public MinedBundle {
        members = List.copyOf(members);
    }

    /** The id of a bundle of these members, given in sorted order. */
    public static String idOf(List<String> sortedMembers) {
        String hash = Long.toHexString(StableHash.of(String.join("\n", sortedMembers)));
        return ID_PREFIX + "0".repeat(16 - hash.length()) + hash;
    }
}
