package dev.kombo.topology.item;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOrigin;
import java.util.ArrayList;
import java.util.List;

/** Turns mined bundles into catalogue entries. */
public final class MinedBundles {
    private MinedBundles() {}

    /**
     * Returns the catalogue entry of a bundle, with title and cost derived from its members.
     *
     * @param time epoch milliseconds of events
     */
    public static Bundle offered(MinedBundle bundle, CatalogIndex catalog, long time) {
        List<BundleMember> members = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        long cost = 0;
        for (String member : bundle.members()) {
            members.add(new BundleMember(member, 1));
            Item item = catalog.item(member);
            titles.add(item == null || item.title().isBlank() ? member : item.title());
            cost = cost < 0 || item == null || item.costMinor() < 0 ? Item.UNKNOWN : cost + item.costMinor();
        }
        return Bundle.newBuilder()
                .setBundleId(bundle.id())
                .setTitle(String.join(" + ", titles))
                .setMembers(members)
                .setPriceMinor(bundle.priceMinor())
                .setListPriceMinor(bundle.listPriceMinor())
                .setCurrency(bundle.currency())
                .setMarginMinor(cost < 0 ? null : bundle.priceMinor() - cost)
                .setOrigin(BundleOrigin.MINED)
                .setCreatedAt(time)
                .build();
    }
}
