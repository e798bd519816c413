package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.EntityModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the members of one bundle, each once, ordered by hash, and builds its entry. */
final class BundleAssembly {
    private final ItemEntry[] members;
    private final int[] quantities;
    private int size;

    private BundleAssembly(int most) {
        members = new ItemEntry[most];
        quantities = new int[most];
    }

    /** Collects the members of a bundle. */
    static BundleAssembly of(List<BundleMember> members, Function<String, ItemEntry> items) {
        BundleAssembly assembly = new BundleAssembly(members.size());
        for (BundleMember member : members) {
            assembly.add(items.apply(member.itemId()), member.quantity());
        }
        return assembly;
    }

    /** An entry of a bundle of which only the name is known. */
    static BundleEntry unknown(int ordinal, long hash, IndexSettings settings) {
        return BundleEntry.of(ordinal, hash, null, SlotFill.NONE, null, BundleItems.NONE, settings);
    }

    /** Adds a member; repeated items become one member with the sum of the quantities. */
    private void add(ItemEntry item, int quantity) {
        int at = 0;
        while (at < size && members[at].hash() < item.hash()) {
            at++;
        }
        if (at == size || members[at].hash() != item.hash()) {
            System.arraycopy(members, at, members, at + 1, size - at);
            System.arraycopy(quantities, at, quantities, at + 1, size - at);
            members[at] = item;
            quantities[at] = 0;
            size++;
        }
        quantities[at] = (int) Math.min(Integer.MAX_VALUE, (long) quantities[at] + Math.max(1, quantity));
    }

    /**
     * Builds the entry that replaces {@code before}.
     *
     * @param had other members, which a shopper has, by id
     */
    BundleEntry build(
            BundleEntry before,
            @Nullable Bundle bundle,
            SlotFill fill,
            @Nullable EntityModel model,
            List<String> had,
            IndexSettings settings) {
        return BundleEntry.of(before.ordinal(), before.hash(), bundle, fill, model, items(had), settings);
    }

    /**
     * Returns the members; none may be added any more.
     *
     * @param had other members, which a shopper has, by id
     */
    BundleItems items(List<String> had) {
        boolean full = size == members.length;
        return BundleItems.of(
                full ? members : Arrays.copyOf(members, size),
                full ? quantities : Arrays.copyOf(quantities, size),
                had);
    }
}
