package dev.kombo.catalog.index;

import java.util.List;

/**
 * The members of one bundle with the indexed data of each, from which a {@link BundleEntry} is built. The arrays are
 * not written after construction.
 *
 * @param entries its members, each once, in ascending hashes: sums must not depend on the order of arrival
 * @param quantities units of each of them
 * @param had other members of the bundle, by id, which the shopper has whose version of it this is
 * @param support how much the members are bought together
 */
record BundleItems(ItemEntry[] entries, int[] quantities, List<String> had, BundleSupport support) {
    /** No members. */
    static final BundleItems NONE = of(new ItemEntry[0], new int[0], List.of());

    /** Measures members, which are in ascending hashes. */
    static BundleItems of(ItemEntry[] entries, int[] quantities, List<String> had) {
        return new BundleItems(entries, quantities, had, BundleSupport.of(entries));
    }

    /** What a rebuild of the bundle costs: the number of members and pairs of them that it reads. */
    int rebuildCost() {
        return entries.length + support.pairs();
    }
}
