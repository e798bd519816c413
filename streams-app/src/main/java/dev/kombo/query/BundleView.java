package dev.kombo.query;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Target;
import java.util.List;
import java.util.Set;

/**
 * A bundle as JSON.
 *
 * @param stock bundles on hand; null: unlimited or not known
 * @param validFrom epoch milliseconds, or null: always
 * @param validUntil epoch milliseconds, or null: for ever
 * @param segments user segments it is meant for; empty: everyone
 * @param origin curated or mined
 * @param createdAt epoch milliseconds
 * @param model what was learned where people touch the bundle itself, or null
 */
record BundleView(
        String id,
        String title,
        List<MemberView> members,
        Money price,
        Money listPrice,
        Money saving,
        Money margin,
        Long stock,
        Long validFrom,
        Long validUntil,
        Set<String> segments,
        Bundle.Origin origin,
        long createdAt,
        ModelView model) {
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
