package dev.kombo.query.shopper;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.profile.Holdings;
import dev.kombo.profile.ShopperKey;
import dev.kombo.query.source.QuerySources;
import dev.kombo.ranking.rules.HoldingRules;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.OfferMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A shopper's latest offer with valid prices, as far as it may still be shown.
 *
 * @param open the offer with the shopper's feedback on it
 * @param ended ids of its bundles that must no longer be shown: they were stopped or removed, or contain what the
 *     shopper now holds
 * @param offer what is left of it, with the titles of the catalogue
 */
public record ShownOffer(OpenOffer open, List<String> ended, BundleOffer offer) {
    /**
     * Returns what a shopper is to be shown at a time; null where there is no offer, or nothing is left of it.
     *
     * @param placement null: any
     * @param most most bundles
     */
    public static ShownOffer of(Shoppers.Found found, long asOf, String placement, int most, QuerySources sources) {
        return found.shopper().ledger().offers().stream()
                .filter(offer -> offer.offeredAt() <= asOf && asOf < offer.expiresAt())
                .filter(offer -> placement == null || placement.equals(offer.placement()))
                .max(Comparator.comparingLong(OpenOffer::offeredAt))
                .map(offer -> left(found, offer, most, sources))
                .filter(shown -> !shown.offer().getBundles().isEmpty())
                .orElse(null);
    }

    private static ShownOffer left(Shoppers.Found found, OpenOffer open, int most, QuerySources sources) {
        CatalogIndex catalog = sources.catalog();
        Holdings held = found.shopper().behavior().holdings();
        Map<Boolean, List<OfferedBundle>> bundles = open.bundles().stream()
                .collect(Collectors.partitioningBy(bundle ->
                        sources.ended(bundle.bundleId()) || HoldingRules.hold(held, bundle.members(), catalog)));
        BundleOffer offer = OfferMapper.toAvro(
                ShopperKey.shopper(found.key()),
                open,
                bundles.get(false).stream()
                        .sorted(Comparator.comparingInt(OfferedBundle::rank))
                        .limit(most)
                        .toList());
        offer.setDisplay(OfferMapper.display(offer, catalog));
        return new ShownOffer(
                open, bundles.get(true).stream().map(OfferedBundle::bundleId).toList(), offer);
    }
}
