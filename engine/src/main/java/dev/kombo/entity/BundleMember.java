package dev.kombo.entity;

import dev.kombo.codec.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An item in a bundle.
 *
 * @param itemId the item
 * @param quantity units of it in one bundle, at least 1
 */
public record BundleMember(String itemId, int quantity) {
    /** Stands for a member that is to be read. */
    public static final BundleMember BLANK = new BundleMember("", 0);

    /** Most members of which each is compared with each. */
    private static final int MOST_COMPARED = 8;

    public BundleMember fields(Fields f) {
        return new BundleMember(f.text(itemId), f.number(quantity));
    }

    /** Members with others in the place of some. */
    public static List<BundleMember> swapped(List<BundleMember> members, Map<String, String> swaps) {
        if (swaps.isEmpty()) {
            return members;
        }
        List<BundleMember> taken = new ArrayList<>(members.size());
        for (BundleMember member : members) {
            String item = swaps.getOrDefault(member.itemId(), member.itemId());
            taken.add(new BundleMember(item, member.quantity()));
        }
        return taken;
    }

    /** Merges repeated items into one member with the sum of the quantities, which does not overflow. */
    public static List<BundleMember> merged(List<BundleMember> members) {
        // A bundle is copied for each request that fills its slots, and its members are merged already.
        if (members.size() <= MOST_COMPARED && isEachOnce(members)) {
            return List.copyOf(members);
        }
        Map<String, BundleMember> byItem = new LinkedHashMap<>();
        for (BundleMember member : members) {
            byItem.merge(member.itemId(), member, BundleMember::plus);
        }
        return List.copyOf(byItem.values());
    }

    private static boolean isEachOnce(List<BundleMember> members) {
        for (int i = 1; i < members.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (members.get(i).itemId().equals(members.get(j).itemId())) {
                    return false;
                }
            }
        }
        return true;
    }

    private BundleMember plus(BundleMember other) {
        return new BundleMember(itemId, (int) Math.min(Integer.MAX_VALUE, (long) quantity + other.quantity));
    }
}
