package dev.kombo.query.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Entity;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleState;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.FilledSlotView;
import dev.kombo.query.source.MemberView;
import dev.kombo.query.source.Money;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.table.PriceTierText;
import dev.kombo.table.SlotText;
import java.util.List;
import java.util.Set;

/** A bundle as JSON. */
record BundleDetailsView(
        String id,
        String title,
        List<MemberView> members,
        @Described(nullable = true) Money price,

        @Described("whether it can be offered at the shop's current time, or why not")
        BundleState state,

        @Described(value = "total price of its members bought separately, as shown in offers", nullable = true)
        Money listPrice,

        @Described(value = "list price minus price, as shown in offers", nullable = true)
        Money saving,

        @Described(
                value = "lowest price of the last 30 days, where it is below the list price: with"
                        + " kombo.rule.prior.price an offer tells its saving against it",
                nullable = true)
        Money priorPrice,

        @Described("how its price follows from its members' prices, as in a CSV file; empty: it does not")
        List<String> priceTiers,

        @Described("places that each offer fills, as in a CSV file")
        List<String> slots,

        @Described(value = "name of a slot that lacks items which can be sold; null: none does", nullable = true)
        String unfilled,

        @Described("its slots, filled with the most popular items; empty without slots, and where one lacks items")
        List<FilledSlotView> filled,

        @Described("whether who has some of its members is offered the others alone")
        boolean completable,

        @Described("discounts of the shop that hold beside its price: codes, bundles or nothing; empty: not stated")
        Set<String> combinesWith,

        @Described(value = "price minus cost", nullable = true)
        Money margin,

        @Described(
                value = "largest discount off the list price, in hundredths of a percent; null: any",
                nullable = true)
        Integer maxDiscountBasisPoints,

        @Described(value = "smallest margin; null: no limit", nullable = true)
        Money minMargin,

        @Described("bundles in stock; null: unlimited or unknown")
        Long stock,

        @Described("epoch milliseconds; null: no start") Long validFrom,
        @Described("epoch milliseconds; null: no end") Long validUntil,

        @Described("user segments that it may be offered to; empty: all")
        Set<String> segments,

        @Described("curated by the shop, or mined by Kombo") Bundle.Origin origin,
        @Described("epoch milliseconds") long createdAt,

        @Described("when it was stopped, epoch milliseconds; null: not stopped")
        Long stoppedAt,

        @Described(value = "why it was mined; null: it was not", nullable = true)
        EvidenceView evidence,

        @Described(value = "model learned from interactions with the bundle itself", nullable = true)
        EntityModelView model) {
    static BundleDetailsView of(BundleEntry entry, CatalogIndex catalog, SuggestionIndex suggestions, long now) {
        Bundle bundle = entry.catalogued();
        String currency = bundle.currency();
        JsonNode document = AvroJson.write(CatalogMapper.toAvro(bundle));
        return new BundleDetailsView(
                bundle.id(),
                bundle.title(),
                bundle.members().stream()
                        .map(member -> MemberView.of(catalog, member.itemId(), member.quantity()))
                        .toList(),
                Money.orNull(bundle.priceMinor(), currency),
                BundleState.of(entry, now),
                Money.orNull(entry.listPriceMinor(), currency),
                savingOf(entry),
                priorPriceOf(entry, catalog, now),
                PriceTierText.of(document),
                SlotText.of(document),
                entry.fill().unfilled(),
                FilledSlotView.of(entry.slots(), entry.bundle().currency(), catalog),
                bundle.sale().completable(),
                bundle.sale().combinesWith(),
                Money.orNull(bundle.marginMinor(), currency),
                bundle.limits().maxDiscountBasisPoints() == Bundle.PriceLimits.ANY_DISCOUNT
                        ? null
                        : bundle.limits().maxDiscountBasisPoints(),
                Money.orNull(bundle.limits().minMarginMinor(), currency),
                bundle.stock() == Item.UNLIMITED ? null : bundle.stock(),
                bundle.validFrom() == Long.MIN_VALUE ? null : bundle.validFrom(),
                bundle.validUntil() == Long.MAX_VALUE ? null : bundle.validUntil(),
                bundle.segments(),
                bundle.origin(),
                bundle.createdAt(),
                bundle.stopped() ? bundle.stoppedAt() : null,
                EvidenceView.orNull(suggestions, bundle.id()),
                EntityModelView.orNull(catalog.model(Entity.ofBundle(bundle.id()))));
    }

    /** Returns the lowest price of 30 days; null where it is not below the list price. */
    static Money priorPriceOf(BundleEntry entry, CatalogIndex catalog, long now) {
        Bundle bundle = entry.bundle();
        long lowest = catalog.prices().lowest(bundle.id(), bundle.members(), catalog::item, now);
        return lowest < entry.listPriceMinor() ? Money.orNull(lowest, bundle.currency()) : null;
    }

    /** Returns the saving shown to a shopper; null if the list price is unknown. */
    static Money savingOf(BundleEntry entry) {
        long listPrice = entry.listPriceMinor();
        return listPrice == Item.UNKNOWN
                ? null
                : Money.orNull(
                        Math.max(0, listPrice - entry.priceMinor()),
                        entry.bundle().currency());
    }
}
