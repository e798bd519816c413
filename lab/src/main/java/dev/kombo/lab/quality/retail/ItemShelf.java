package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Items as bundles of one member, so that the ranker of bundles ranks items. Only items sold so far are on it. */
final class ItemShelf {
    private final CatalogIndex index;
    private final String currency;
    private int[] items = new int[64];
    private int[] candidates = new int[0];
    private int size;

    /** An empty shelf. */
    ItemShelf(CatalogIndex index, String currency) {
        this.index = index;
        this.currency = currency;
    }

    /** Puts an item on it, unless it is there. */
    void add(int item, String id, long priceMinor, long time) {
        if (candidate(item) >= 0) {
            return;
        }
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        if (item >= candidates.length) {
            int from = candidates.length;
            candidates = Arrays.copyOf(candidates, Math.max(item + 1, 2 * from));
            Arrays.fill(candidates, from, candidates.length, -1);
        }
        items[size] = item;
        candidates[item] = size++;
        index.putBundle(new Bundle(
                "item:" + id,
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

    /** Items on it; a scan of the catalogue has them in the order in which they came. */
    int size() {
        return size;
    }

    /** Number of the item that is candidate {@code candidate}. */
    int item(int candidate) {
        return items[candidate];
    }

    /** Where an item is among the candidates, or -1. */
    int candidate(int item) {
        return item < candidates.length ? candidates[item] : -1;
    }
}
