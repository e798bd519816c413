package dev.kombo.topology.item;

import dev.kombo.catalog.BundleDraft;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOrigin;
import java.util.List;

/** Turns mined bundles into catalogue entries. */
public final class MinedBundles {
    private MinedBundles() {}

    /**
     * Returns the catalogue entry of a bundle, with title and margin derived from its members.
     *
     * @param time epoch milliseconds of events
     */
    public static Bundle offered(MinedBundle bundle, CatalogIndex catalog, long time) {
        List<BundleMember> members =
                bundle.members().stream().map(id -> new BundleMember(id, 1)).toList();
        BundleDraft draft = BundleDraft.of(members, catalog::item);
        long known = draft.minedPriceMinor(bundle.currency(), catalog.settings().pricing());
        long price = known == Item.UNKNOWN ? bundle.priceMinor() : known;
        long margin = draft.marginMinor(price, bundle.currency());
        return Bundle.newBuilder()
                .setBundleId(bundle.id())
                .setTitle(BundleDraft.title(members, catalog::item))
                .setMembers(bundle.members().stream()
                        .map(id -> new dev.kombo.schema.BundleMember(id, 1))
                        .toList())
                .setPriceMinor(price)
                .setListPriceMinor(
                        known == Item.UNKNOWN ? bundle.listPriceMinor() : draft.listPriceMinor(bundle.currency()))
                .setCurrency(bundle.currency())
                .setMarginMinor(margin == Item.UNKNOWN ? null : margin)
                .setOrigin(BundleOrigin.MINED)
                .setCreatedAt(time)
                .build();
    }
}
