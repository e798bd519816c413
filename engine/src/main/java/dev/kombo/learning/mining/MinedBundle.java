package dev.kombo.learning.mining;

import dev.kombo.math.StableHash;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bundle found in closed orders.
 *
 * @param id {@code mined-} and a hash of the members: the same members always give the same id
 * @param members two or three item ids, sorted; with a slot, one
 * @param support closed orders with all members, and with a slot one of its items, without those an offer caused; never
 *     overestimated
 * @param orders total of closed orders
 * @param lift support over what independent purchases would give; for a triple its square root
 * @param liftLower lower confidence bound on {@code lift}
 * @param priceMinor price under the discount, in minor units, above 0; with a slot, that with its strongest item
 * @param listPriceMinor sum of the members' prices, in minor units
 * @param currency ISO 4217 code of all prices
 * @param slot place that one of several items fills, besides the members; null: none
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
        String currency,
        @Nullable MinedSlot slot) {
    /** Prefix of the ids of mined bundles. */
    public static final String ID_PREFIX = "mined-";

    private static final double NEWS = 0.05;

    /** Copies the members. */
    public MinedBundle {
        members = List.copyOf(members);
    }

    /** The same bundle with other evidence. */
    MinedBundle supported(long support, long orders, Lift lift) {
        return new MinedBundle(
                id, members, support, orders, lift.value(), lift.lower(), priceMinor, listPriceMinor, currency, slot);
    }

    /** Whether the support or the lift differs from that of an earlier state by so much that people should be told. */
    public boolean differsFrom(MinedBundle before) {
        return Math.abs(support - before.support) > NEWS * before.support
                || Math.abs(lift - before.lift) > NEWS * before.lift;
    }

    /** The id of a bundle of an item and one of several others, whichever these are. */
    public static String idOfSlot(String itemId) {
        return idOf(List.of(itemId, ""));
    }

    /** The members, and the strongest item of the slot. */
    public List<String> strongestMembers() {
        return slot == null ? members : List.of(members.get(0), slot.items().get(0));
    }

    /** The id of a bundle of these members, given in sorted order. */
    public static String idOf(List<String> sortedMembers) {
        return ID_PREFIX + HexFormat.of().toHexDigits(StableHash.of(String.join("\n", sortedMembers)));
    }
}
