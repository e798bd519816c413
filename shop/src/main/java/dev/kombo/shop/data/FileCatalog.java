package dev.kombo.shop.data;

import dev.kombo.client.TrustedRecords;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.Item;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

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

    /** Starts a curated bundle, whose defaults are of classes that Avro must be told to trust. */
    static Bundle.Builder curated(String id, long time) {
        TrustedRecords.install();
        return Bundle.newBuilder()
                .setBundleId(id)
                .setOrigin(BundleOrigin.CURATED)
                .setCreatedAt(time);
    }
}
