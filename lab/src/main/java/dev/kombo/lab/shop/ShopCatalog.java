package dev.kombo.lab.shop;

import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the simulated shop sells: 300 items in 12 categories and 60 curated bundles of complementary items, the same for
 * the same seed. Beside the published records it holds what only the shop knows: the items' hidden traits and which of
 * them go together.
 */
public final class ShopCatalog {
    /** Currency of all prices. */
    public static final String CURRENCY = "GBP";

    static final int ITEMS_PER_CATEGORY = 25;
    static final int CURATED_BUNDLES = 60;
    static final int TRAITS = 4;

    private static final double PRICE_SPREAD = 0.45;
    private static final double LEAST_DISCOUNT = 0.08;
    private static final double MOST_DISCOUNT = 0.20;
    private static final long ITEM_SALT = 0x6974656dL;
    private static final long BUNDLE_SALT = 0x62756e646c65L;

    private final List<Item> items;
    private final List<Bundle> bundles;
    private final double[][] traits;
    private final ComplementGroups groups;
    private final Map<String, Integer> indexes = new HashMap<>();

    private ShopCatalog(List<Item> items, List<Bundle> bundles, double[][] traits, ComplementGroups groups) {
        this.items = List.copyOf(items);
        this.bundles = List.copyOf(bundles);
        this.traits = traits;
        this.groups = groups;
        for (int i = 0; i < items.size(); i++) {
            indexes.put(items.get(i).getItemId(), i);
        }
    }

    /**
     * Makes the catalogue of a seed.
     *
     * @param seed the shop's seed
     * @param createdAt time written into the records, epoch milliseconds
     */
    public static ShopCatalog generate(long seed, long createdAt) {
        int count = ShopCategory.values().length * ITEMS_PER_CATEGORY;
        List<Item> items = new ArrayList<>(count);
        double[][] traits = new double[count][];
        for (int i = 0; i < count; i++) {
            HashedDraws draws = new HashedDraws(seed, ITEM_SALT, i);
            items.add(item(ShopCategory.values()[i / ITEMS_PER_CATEGORY], i % ITEMS_PER_CATEGORY, createdAt, draws));
            traits[i] = draws.gaussians(TRAITS);
        }
        ComplementGroups groups = new ComplementGroups(seed, ITEMS_PER_CATEGORY);
        List<Bundle> bundles = new ArrayList<>(CURATED_BUNDLES);
        for (int i = 0; i < CURATED_BUNDLES; i++) {
            List<Item> members = new ArrayList<>();
            for (int member : groups.groups().get(i)) {
                members.add(items.get(member));
            }
            bundles.add(bundle(i + 1, members, createdAt, new HashedDraws(seed, BUNDLE_SALT, i)));
        }
        return new ShopCatalog(items, bundles, traits, groups);
    }

    private static Item item(ShopCategory category, int n, long updatedAt, HashedDraws draws) {
        double drawn = category.medianPriceMinor() * Math.exp(PRICE_SPREAD * draws.gaussian());
        // Prices end in nine pence, and nothing is cheaper than 49.
        long price = Math.max(49, Math.round(drawn / 10) * 10 - 1);
        long cost = Math.round(price * draws.between(0.4, 0.65));
        double supply = draws.unit();
        Long stock = supply < 0.01 ? Long.valueOf(0) : supply < 0.1 ? Long.valueOf(50L + draws.below(450)) : null;
        return Item.newBuilder()
                .setItemId(category.itemId(n))
                .setTitle(category.itemTitle(n))
                .setCategory(category.title())
                .setPriceMinor(price)
                .setCurrency(CURRENCY)
                .setCostMinor(cost)
                .setStock(stock)
                .setUpdatedAt(updatedAt)
                .build();
    }

    private static Bundle bundle(int number, List<Item> members, long createdAt, HashedDraws draws) {
        long listPrice = members.stream().mapToLong(Item::getPriceMinor).sum();
        long cost = members.stream().mapToLong(Item::getCostMinor).sum();
        long price = Math.round(listPrice * (1 - draws.between(LEAST_DISCOUNT, MOST_DISCOUNT)));
        return Bundle.newBuilder()
                .setBundleId(String.format(Locale.ROOT, "set-%02d", number))
                .setTitle(members.stream().map(Item::getTitle).collect(Collectors.joining(" + ")))
                .setMembers(members.stream()
                        .map(item -> BundleMember.newBuilder()
                                .setItemId(item.getItemId())
                                .build())
                        .toList())
                .setPriceMinor(price)
                .setListPriceMinor(listPrice)
                .setCurrency(CURRENCY)
                .setMarginMinor(price - cost)
                .setStock(draws.chance(0.1) ? Long.valueOf(50L + draws.below(200)) : null)
                .setOrigin(BundleOrigin.CURATED)
                .setCreatedAt(createdAt)
                .build();
    }

    /** The items as published, in the order of their index. */
    public List<Item> items() {
        return items;
    }

    /** The curated bundles as published. */
    public List<Bundle> bundles() {
        return bundles;
    }

    /** Index of an item, or -1 where the shop does not sell it. */
    int indexOf(String itemId) {
        return indexes.getOrDefault(itemId, -1);
    }

    Item item(int index) {
        return items.get(index);
    }

    ShopCategory category(int index) {
        return ShopCategory.values()[index / ITEMS_PER_CATEGORY];
    }

    /** Whether there is any of it to sell. */
    boolean sellable(int index) {
        Long stock = items.get(index).getStock();
        return stock == null || stock > 0;
    }

    /** Hidden traits of an item: independent standard normal values. */
    double[] traits(int index) {
        return traits[index];
    }

    /** How much an item is in demand beside taste: falls with its place in the category, like Zipf's law. */
    double popularity(int index) {
        return Math.pow(1.0 + index % ITEMS_PER_CATEGORY, -0.7);
    }

    /** The hidden groups of items that are bought together. */
    ComplementGroups groups() {
        return groups;
    }
}
