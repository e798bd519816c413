package dev.kombo.lab.replay;

import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The catalogue of a data set that has bundles, but no prices.
 *
 * <p>Bundles need a price, and are offered only where their members have one: so each item is given the same nominal price
 * in the currency XXX, which ISO 4217 keeps for "no currency", and a bundle costs what its members do. No discount is made
 * up, and no sum of money in a report can be taken for a real one. Items that are in no bundle get no price.
 */
final class UnpricedCatalog {
    static final String CURRENCY = "XXX";
    static final long ITEM_PRICE_MINOR = 100;

    private UnpricedCatalog() {}

    /**
     * Reads the members of the bundles; the catalogue has each bundle and each member once.
     *
     * @param table a row a member, with the columns
     * @param titles what is known of an item by its id
     * @param time epoch milliseconds at which all of it was made
     */
    static FileCatalog read(
            TableFile table,
            Path file,
            String bundleColumn,
            String itemColumn,
            Function<String, ItemDescription> titles,
            long time)
            throws IOException {
        Map<String, Set<String>> members = new LinkedHashMap<>();
        table.read(file, row -> members.computeIfAbsent(row.key(bundleColumn), none -> new LinkedHashSet<>())
                .add(row.key(itemColumn)));
        Set<String> itemIds = new LinkedHashSet<>();
        List<Bundle> bundles = new ArrayList<>();
        members.forEach((bundleId, ids) -> {
            itemIds.addAll(ids);
            // Fewer than two items are no bundle, by the contract.
            if (ids.size() > 1) {
                bundles.add(bundle(bundleId, ids, time));
            }
        });
        List<Item> items = new ArrayList<>();
        itemIds.forEach(id -> items.add(item(id, titles.apply(id), time)));
        return new FileCatalog(items, bundles);
    }

    private static Item item(String id, ItemDescription description, long time) {
        return Item.newBuilder()
                .setItemId(id)
                .setTitle(description.title())
                .setCategory(description.category())
                .setPriceMinor(ITEM_PRICE_MINOR)
                .setCurrency(CURRENCY)
                .setUpdatedAt(time)
                .build();
    }

    private static Bundle bundle(String id, Set<String> items, long time) {
        long price = ITEM_PRICE_MINOR * items.size();
        return Bundle.newBuilder()
                .setBundleId(id)
                .setMembers(items.stream()
                        .map(item -> BundleMember.newBuilder().setItemId(item).build())
                        .toList())
                .setPriceMinor(price)
                .setListPriceMinor(price)
                .setCurrency(CURRENCY)
                .setOrigin(BundleOrigin.CURATED)
                .setCreatedAt(time)
                .build();
    }
}
