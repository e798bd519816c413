package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Items as bundles of one member, so that the ranker of bundles ranks items. Only items sold so far are on it; the
 * catalogue numbers them in the order in which they came.
 */
final class ItemShelf {
    private final CatalogIndex index;
    private final String currency;
    private final BitSet onShelf = new BitSet();
    private int[] items = new int[64];
    private int size;

    /** An empty shelf. */
    ItemShelf(CatalogIndex index, String currency) {
        this.index = index;
        this.currency = currency;
    }

    /** Puts an item on it, unless it is there. */
    void add(int item, String id, long priceMinor, long time) {
        if (onShelf.get(item)) {
            return;
        }
        onShelf.set(item);
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
        index.putBundle(new Bundle(
                bundleId(id),
                id,
                List.of(new BundleMember(id, 1)),
                priceMinor,
                priceMinor,
                currency,
                Item.UNKNOWN,
                Item.UNLIMITED,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                Bundle.Origin.CURATED,
                time));
    }

    /** Items on it. */
    int size() {
        return size;
    }

    /** Number of the item that is sold as a bundle of one. */
    int item(BundleEntry entry) {
        return items[entry.ordinal()];
    }

    /** Whether an item is on it. */
    boolean holds(int item) {
        return onShelf.get(item);
    }

    /** Id of the bundle that an item is sold as. */
    static String bundleId(String itemId) {
        return "item:" + itemId;
    }
}
