package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.EntityModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the members of one bundle, each once, ordered by hash, and builds its entry. */
final class BundleAssembly {
    private final ItemEntry[] members;
    private final int[] quantities;
    private int size;

    /**
     * @param most members that may be added
     */
    BundleAssembly(int most) {
        members = new ItemEntry[most];
        quantities = new int[most];
    }

    /** An entry of a bundle of which only the name is known. */
    static BundleEntry unknown(int ordinal, long hash, IndexSettings settings) {
        return new BundleEntry(ordinal, hash, null, null, new ItemEntry[0], new int[0], settings);
    }

    /** Adds a member; repeated items become one member with the sum of the quantities. */
    void add(ItemEntry item, int quantity) {
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

    /** Builds the entry that replaces {@code before}. */
    BundleEntry build(
            BundleEntry before, @Nullable Bundle bundle, @Nullable EntityModel model, IndexSettings settings) {
        return new BundleEntry(
                before.ordinal(),
                before.hash(),
                bundle,
                model,
                Arrays.copyOf(members, size),
                Arrays.copyOf(quantities, size),
                settings);
    }
}
