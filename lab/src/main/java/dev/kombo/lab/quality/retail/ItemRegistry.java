package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.WritableCatalogIndex;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Represents items as bundles of one member, so that the ranker of bundles can rank items. Only items sold so far are
 * included; the catalogue numbers them in order of their addition.
 */
final class ItemRegistry {
    private final WritableCatalogIndex index;
    private final String currency;
    private final BitSet onShelf = new BitSet();
    private int[] items = new int[64];
    private int size;

    ItemRegistry(WritableCatalogIndex index, String currency) {
        this.index = index;
        this.currency = currency;
    }

    /** Adds an item, unless it is present. */
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
                Bundle.Origin.CURATED,
                time));
    }

    int size() {
        return size;
    }

    /** Number of the item behind a bundle of one. */
    int item(BundleEntry entry) {
        return items[entry.ordinal()];
    }

    /** Whether an item was added. */
    boolean holds(int item) {
        return onShelf.get(item);
    }

    /** Id of the bundle that represents an item. */
    static String bundleId(String itemId) {
        return "item:" + itemId;
    }
}
