package dev.kombo.query.shopper;

import dev.kombo.attribution.OpenOffer;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.Item;
import dev.kombo.experiment.Enrollment;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Holdings;
import dev.kombo.profile.TimedCounts;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A shopper's profile as JSON. All times are epoch milliseconds of events. */
record ProfileView(
        @Described("user id, or session id") String id,
        boolean session,
        long firstSeen,
        long lastSeen,

        @Described("accepted events by type; types never seen are left out")
        Map<String, Integer> events,

        @Described("money spent less returns, by currency") List<Money> spend,
        @Described("decayed interest, strongest first") List<CategoryAffinity> categories,
        List<CartLine> cart,

        @Described("whether flagged as a robot when last seen")
        boolean robot,

        @Described(value = "the arm assigned at entry; null before", nullable = true)
        Enrollment enrollment,

        @Described("offers whose attribution window is open")
        int openOffers,

        @Described("items and bundles bought, the latest first; of many, the latest; without those that the catalogue"
                + " no longer has")
        List<Bought> bought,

        @Described("items held, where holdings are kept (kombo.profile.holdings)")
        List<Held> held,

        @Described("these offers, the latest first") List<Offered> offers,

        @Described("whether it comes from a copy that may lag behind")
        boolean stale) {
    /** Interest in a category. */
    record CategoryAffinity(
            String category,

            @Described("decayed sum of event weights, at lastSeen")
            float weight) {}

    /** A line of the cart. */
    record CartLine(
            String itemId,

            @Described(value = "current title in the catalogue", nullable = true)
            String title,

            int quantity,
            @Described("epoch milliseconds") long addedAt) {}

    /** An item or a bundle that was bought. */
    record Bought(
            @Described(value = "null for a bundle", nullable = true)
            String itemId,

            @Described(value = "null for an item", nullable = true)
            String bundleId,

            String title,
            int times,
            @Described("epoch milliseconds") long lastAt) {}

    /** An item that is held. */
    record Held(String itemId, String title) {}

    /** An offer that was made. */
    record Offered(
            String offerId,
            String placement,
            String arm,
            @Described("epoch milliseconds") long offeredAt,

            @Described("when it was first seen, epoch milliseconds; null: not seen yet")
            Long seenAt,

            @Described("by rank") List<OfferedBundleView> bundles) {}

    /** A bundle of an offer, with the shopper's response. */
    record OfferedBundleView(
            String bundleId,
            @Described(nullable = true) String title,

            @Described(value = "null: no price", nullable = true)
            Money price,

            boolean clicked,
            boolean dismissed,
            boolean bought) {}

    static ProfileView of(Shoppers.Found found, CatalogIndex catalog) {
        Behavior behavior = found.shopper().behavior();
        return new ProfileView(
                found.id(),
                found.session(),
                behavior.firstSeen(),
                behavior.lastSeen(),
                counts(behavior),
                new TreeMap<>(behavior.spend())
                        .entrySet().stream()
                                .map(spent -> new Money(spent.getValue(), spent.getKey()))
                                .toList(),
                behavior.categories().strongestFirst().stream()
                        .map(affinity -> new CategoryAffinity(affinity.category(), affinity.weight()))
                        .toList(),
                behavior.cart().lines().stream()
                        .map(line -> new CartLine(
                                line.itemId(),
                                EndpointHelpers.itemTitle(catalog, line.itemId()),
                                line.quantity(),
                                line.addedAt()))
                        .toList(),
                behavior.rate().robotUntil() > behavior.lastSeen(),
                found.shopper().enrollment(),
                found.shopper().ledger().offers().size(),
                bought(behavior.purchases(), catalog),
                held(behavior.holdings(), catalog),
                found.shopper().ledger().offers().stream()
                        .sorted(Comparator.comparingLong(OpenOffer::offeredAt).reversed())
                        .map(offer -> offered(offer, catalog))
                        .toList(),
                found.stale());
    }

    private static List<Bought> bought(TimedCounts purchases, CatalogIndex catalog) {
        List<Bought> bought = new ArrayList<>();
        for (int i = 0; i < purchases.size(); i++) {
            Item item = itemOf(purchases.hash(i), catalog);
            BundleEntry bundle = item == null ? bundleOf(purchases.hash(i), catalog) : null;
            if (item != null) {
                bought.add(new Bought(item.id(), null, item.title(), purchases.countAt(i), purchases.lastTimeAt(i)));
            } else if (bundle != null) {
                bought.add(new Bought(
                        null,
                        bundle.bundle().id(),
                        bundle.bundle().title(),
                        purchases.countAt(i),
                        purchases.lastTimeAt(i)));
            }
        }
        bought.sort(Comparator.comparingLong(Bought::lastAt).reversed());
        return bought;
    }

    private static Item itemOf(long hash, CatalogIndex catalog) {
        int ordinal = catalog.itemOrdinal(hash);
        return ordinal == CatalogIndex.UNKNOWN ? null : catalog.itemAt(ordinal).item();
    }

    private static BundleEntry bundleOf(long hash, CatalogIndex catalog) {
        int ordinal = catalog.bundleOrdinal(hash);
        return ordinal == CatalogIndex.UNKNOWN ? null : catalog.bundle(ordinal);
    }

    private static List<Held> held(Holdings holdings, CatalogIndex catalog) {
        if (holdings == null) {
            return List.of();
        }
        return IntStream.range(0, holdings.size())
                .filter(holdings::isHeld)
                .mapToObj(place -> itemOf(holdings.item(place), catalog))
                .filter(Objects::nonNull)
                .map(item -> new Held(item.id(), item.title()))
                .toList();
    }

    private static Offered offered(OpenOffer offer, CatalogIndex catalog) {
        return new Offered(
                offer.offerId(),
                offer.placement(),
                offer.assignment().arm(),
                offer.offeredAt(),
                offer.impressedAt() == 0 ? null : offer.impressedAt(),
                offer.bundles().stream()
                        .map(bundle -> new OfferedBundleView(
                                bundle.bundleId(),
                                EndpointHelpers.bundleTitle(catalog, bundle.bundleId()),
                                Money.orNull(bundle.priceMinor(), bundle.currency()),
                                bundle.clickedAt() != 0,
                                bundle.dismissed(),
                                bundle.converted()))
                        .toList());
    }

    private static Map<String, Integer> counts(Behavior behavior) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < EventType.count(); i++) {
            if (behavior.count(EventType.of(i)) > 0) {
                counts.put(EventType.of(i).name(), behavior.count(EventType.of(i)));
            }
        }
        return counts;
    }
}
