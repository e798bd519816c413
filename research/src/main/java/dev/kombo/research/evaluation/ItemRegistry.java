package dev.kombo.research.evaluation;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts items into a catalogue as bundles of one member, so that the ranker of bundles can rank items. Only items sold
 * so far are included; the catalogue numbers them in order of their addition.
 */
final class ItemRegistry {
    private final WritableCatalogIndex index;
    private final String currency;
    private final BitSet onShelf = new BitSet();
    /** Number of the item of each bundle, by the bundle's ordinal. */
    private final List<Integer> items = new ArrayList<>();

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
        items.add(item);
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
        return items.size();
    }

    /** Number of the item behind a bundle of one. */
    int item(BundleEntry entry) {
        return items.get(entry.ordinal());
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
