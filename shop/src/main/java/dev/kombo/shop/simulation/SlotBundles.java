package dev.kombo.shop.simulation;

import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSlot;
import dev.kombo.schema.PriceTier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The bundles of the simulated shop with slots: those whose members are of the same categories become one bundle, with
 * a slot for each category, of the same items and at the same discount. So a kitchen item and two candles are any of
 * these kitchen items and any 2 of these candles.
 */
final class SlotBundles {
    private SlotBundles() {}

    /** Returns the bundles to publish; the first of those that became one gives its id. */
    static List<Bundle> of(SimulatedCatalog catalog) {
        Map<List<Integer>, List<Integer>> alike =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (int bundle = 0; bundle < SimulatedCatalog.BUNDLES; bundle++) {
            List<Integer> categories = IntStream.of(catalog.members(bundle))
                    .map(SimulatedCatalog::category)
                    .sorted()
                    .boxed()
                    .toList();
            alike.computeIfAbsent(categories, none -> new ArrayList<>()).add(bundle);
        }
        List<Bundle> published = new ArrayList<>(alike.size());
        alike.forEach((categories, bundles) -> {
            Bundle first = catalog.bundles().get(bundles.get(0));
            published.add(bundles.size() == 1 ? first : withSlots(catalog, categories, bundles, first));
        });
        return published;
    }

    private static Bundle withSlots(
            SimulatedCatalog catalog, List<Integer> categories, List<Integer> bundles, Bundle first) {
        List<BundleSlot> slots = new ArrayList<>();
        for (int category : new TreeSet<>(categories)) {
            List<String> items = bundles.stream()
                    .flatMapToInt(bundle -> IntStream.of(catalog.members(bundle)))
                    .filter(member -> SimulatedCatalog.category(member) == category)
                    .distinct()
                    .mapToObj(catalog::itemId)
                    .toList();
            slots.add(BundleSlot.newBuilder()
                    .setName(SimulatedCatalog.ProductNames.category(category))
                    .setItems(items)
                    .setUnits((int)
                            categories.stream().filter(each -> each == category).count())
                    .build());
        }
        long list = 0;
        long price = 0;
        for (int bundle : bundles) {
            list += catalog.bundles().get(bundle).getListPriceMinor();
            price += catalog.bundlePrice(bundle);
        }
        int discount = (int) Math.round(PriceLimits.ANY_DISCOUNT * (1 - price / (double) list));
        return Bundle.newBuilder(first)
                .setTitle("Any of "
                        + String.join(
                                ", ", slots.stream().map(BundleSlot::getName).toList()))
                .setMembers(List.of())
                .setPriceMinor(0L)
                .setListPriceMinor(0L)
                .setMarginMinor(null)
                .setPriceTiers(List.of(
                        PriceTier.newBuilder().setDiscountBasisPoints(discount).build()))
                .setSlots(slots)
                .build();
    }
}
