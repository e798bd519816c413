package dev.kombo.query;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Target;
import dev.kombo.query.http.Described;
import java.util.List;
import java.util.Set;

/** A bundle as JSON. */
record BundleView(
        String id,
        String title,
        List<MemberView> members,
        @Described(nullable = true) Money price,
        @Described(value = "what the members cost one by one", nullable = true) Money listPrice,
        @Described(nullable = true) Money saving,
        @Described(value = "price less cost", nullable = true) Money margin,
        @Described("bundles on hand; null: unlimited or not known") Long stock,
        @Described("epoch milliseconds; null: always") Long validFrom,
        @Described("epoch milliseconds; null: for ever") Long validUntil,
        @Described("user segments it is meant for; empty: everyone") Set<String> segments,
        @Described("curated by the shop, or mined by Kombo") Bundle.Origin origin,
        @Described("epoch milliseconds") long createdAt,
        @Described(value = "what was learned where people touch the bundle itself", nullable = true) ModelView model) {
    static BundleView of(Bundle bundle, CatalogIndex catalog) {
        String currency = bundle.currency();
        return new BundleView(
                bundle.id(),
                bundle.title(),
                bundle.members().stream()
                        .map(member -> MemberView.of(catalog, member.itemId(), member.quantity()))
                        .toList(),
                Money.orNull(bundle.priceMinor(), currency),
                Money.orNull(bundle.listPriceMinor(), currency),
                Money.orNull(bundle.savingMinor(), currency),
                Money.orNull(bundle.marginMinor(), currency),
                bundle.stock() == Item.UNLIMITED ? null : bundle.stock(),
                bundle.validFrom() == Long.MIN_VALUE ? null : bundle.validFrom(),
                bundle.validUntil() == Long.MAX_VALUE ? null : bundle.validUntil(),
                bundle.segments(),
                bundle.origin(),
                bundle.createdAt(),
                ModelView.orNull(catalog.model(Target.ofBundle(bundle.id()))));
    }
}
