package dev.kombo.lab.data;

import dev.kombo.client.TrustedRecords;
import dev.kombo.lab.data.EventRow.TitleAndCategory;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.Item;
import dev.kombo.table.FileLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The items and bundles that a file, or one beside it, describes; published before its events.
 *
 * @param items items, each once
 * @param bundles bundles of these items, each once
 * @param leftOut number of unusable rows, by name of the file and reason
 */
public record FileCatalog(List<Item> items, List<Bundle> bundles, SortedMap<String, Long> leftOut) {
    /** Of a file without a catalogue: its items are derived from its events. */
    public static final FileCatalog EMPTY = new FileCatalog(List.of(), List.of(), Collections.emptySortedMap());

    static final String NO_CURRENCY = "XXX";
    static final long NOMINAL_PRICE_MINOR = 100;

    /**
     * Returns the catalogue of a data set that has bundles, but no prices, from the file of the bundles' members.
     *
     * <p>Bundles need a price, and are offered only if their members have one: so each item gets the same nominal price
     * in the currency XXX, which ISO 4217 reserves for "no currency", and a bundle costs as much as its members. There
     * is no invented discount, and no amount in a report can be mistaken for real money. Items in no bundle get no
     * price.
     *
     * @param layout one row per member, with the columns
     * @param descriptions describes an item by its id
     * @param time epoch milliseconds at which all entries were created
     * @param leftOut what was left out so far; unusable rows of the file are added
     */
    static FileCatalog unpriced(
            FileLayout layout,
            Path file,
            String bundleColumn,
            String itemColumn,
            Function<String, TitleAndCategory> descriptions,
            long time,
            SortedMap<String, Long> leftOut)
            throws IOException {
        Map<String, Set<String>> members = new LinkedHashMap<>();
        layout.read(file, leftOut, row -> {
            String item = row.key(itemColumn);
            members.computeIfAbsent(row.key(bundleColumn), none -> new LinkedHashSet<>())
                    .add(item);
        });
        Set<String> itemIds = new LinkedHashSet<>();
        List<Bundle> bundles = new ArrayList<>();
        members.forEach((bundleId, ids) -> {
            itemIds.addAll(ids);
            // A bundle has at least two items, by the contract.
            if (ids.size() > 1) {
                bundles.add(bundle(bundleId, ids, time));
            }
        });
        List<Item> items = itemIds.stream()
                .map(id -> item(id, descriptions.apply(id), time))
                .toList();
        return new FileCatalog(items, bundles, leftOut);
    }

    private static Item item(String id, TitleAndCategory description, long time) {
        return Item.newBuilder()
                .setItemId(id)
                .setTitle(description.title())
                .setCategory(description.category())
                .setPriceMinor(NOMINAL_PRICE_MINOR)
                .setCurrency(NO_CURRENCY)
                .setUpdatedAt(time)
                .build();
    }

    /** Starts a curated bundle, whose defaults are of classes that Avro must be told to trust. */
    static Bundle.Builder curated(String id, long time) {
        TrustedRecords.install();
        return Bundle.newBuilder()
                .setBundleId(id)
                .setOrigin(BundleOrigin.CURATED)
                .setCreatedAt(time);
    }

    private static Bundle bundle(String id, Set<String> items, long time) {
        long price = NOMINAL_PRICE_MINOR * items.size();
        return curated(id, time)
                .setMembers(items.stream()
                        .map(item -> BundleMember.newBuilder().setItemId(item).build())
                        .toList())
                .setPriceMinor(price)
                .setListPriceMinor(price)
                .setCurrency(NO_CURRENCY)
                .build();
    }
}
