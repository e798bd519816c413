package dev.kombo.ranking.slate;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OfferedPrice;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.MemberPrices;
import dev.kombo.ranking.value.OfferTerms;
import dev.kombo.slot.FilledSlot;
import java.util.List;

/**
 * Creates the bundles of an offer as the shopper sees them: with their price, their members, and the share of the price
 * that each member has.
 */
final class OfferedBundles {
    private final CatalogIndex catalog;

    OfferedBundles(CatalogIndex catalog) {
        this.catalog = catalog;
    }

    /**
     * Returns a bundle as it is offered.
     *
     * @param entry the bundle, its slots filled for the shopper
     * @param slots with what the shopper may take instead
     * @param now time of the offer, epoch milliseconds
     */
    OfferedBundle of(BundleEntry entry, List<FilledSlot> slots, int rank, OfferTerms terms, long now) {
        Bundle bundle = entry.bundle();
        long price = terms.priceMinor();
        long saving = Math.max(0, entry.listPriceMinor() - price);
        MemberPrices members = MemberPrices.of(entry, price);
        return new OfferedBundle(
                bundle.id(),
                rank,
                new OfferedPrice(
                        price,
                        saving,
                        OfferedPrice.stated(price, saving, priorPrice(entry, now)),
                        bundle.currency(),
                        terms.personal(),
                        members.prices(),
                        members.savings()),
                bundle.members(),
                slots,
                terms.features());
    }

    /** The highest price that the saving may be stated against. */
    private long priorPrice(BundleEntry entry, long now) {
        Bundle bundle = entry.bundle();
        BundleEntry whole = bundle.sale().completable() ? catalog.bundle(bundle.id()) : null;
        long others = whole != null && whole.completable() ? Math.max(0, whole.priceMinor() - entry.priceMinor()) : 0;
        return catalog.prices().priorPrice(bundle.id(), bundle.members(), catalog::item, now, others);
    }
}
