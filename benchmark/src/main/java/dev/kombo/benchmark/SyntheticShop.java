package dev.kombo.benchmark;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.Entity;
import dev.kombo.catalog.EntityModel;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.EngagementCounts;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A shop that has been open for a while, the same at each start: every choice is a hash. Popularity falls as a power of
 * the rank, entities of one preference are touched together, and what is published of each entity is as full as the default
 * settings allow where the entity was touched often enough.
 */
final class SyntheticShop {
    static final int ITEMS = 5_000;
    static final int FACTORS = 64;
    static final int HISTORY = 50;
    static final long NOW = 1_700_000_000_000L;

    private static final long DAY = 86_400_000L;
    private static final int TASTES = 20;
    private static final int CATEGORIES = 40;
    private static final int PUBLISHED_NEIGHBORS = 30;
    private static final double BUNDLE_SHARE = 0.2;

    /** Interactions of the entity of rank r are this / (r + 10). */
    private static final double INTERACTIONS = 1e6;

    private final int bundles;
    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final float[][] preferences = new float[TASTES][];
    private long state;

    SyntheticShop(int bundles, long seed) {
        this.bundles = bundles;
        state = StableHash.of("shop", seed);
        for (int t = 0; t < TASTES; t++) {
            preferences[t] = gaussian();
        }
        for (int i = 0; i < ITEMS; i++) {
            index.putItem(new Item(item(i), "", "c" + i % CATEGORIES, 100 + below(9_900), "EUR", Item.UNKNOWN, 1_000));
        }
        for (int b = 0; b < bundles; b++) {
            index.putBundle(newBundle(b));
        }
        for (int i = 0; i < ITEMS; i++) {
            index.putModelLater(newModel(Entity.ofItem(item(i)), i, 1.0));
        }
        for (int b = 0; b < bundles; b++) {
            // Only some bundles were ever touched themselves.
            if (b % 3 == 0) {
                index.putModelLater(newModel(Entity.ofBundle(bundle(b)), b, BUNDLE_SHARE));
            }
        }
        index.putModelLater(new EntityModel(
                Entity.ALL,
                new float[0],
                0f,
                0,
                0,
                NOW,
                0,
                200_000,
                Item.UNKNOWN,
                null,
                List.of(),
                EngagementCounts.NONE,
                1,
                0,
                0,
                0));
        index.refresh();
        index.beginGeneration(1, identity());
    }

    private static float[][] identity() {
        float[][] identity = new float[FACTORS][FACTORS];
        for (int k = 0; k < FACTORS; k++) {
            identity[k][k] = 1;
        }
        return identity;
    }

    WritableCatalogIndex index() {
        return index;
    }

    /** A shopper with a full history of one preference for the most part, and some purchases. */
    Behavior shopper(int number) {
        Behavior behavior = new Behavior(ProfileLimits.of(SettingValues.defaults()));
        for (int i = 0; i < HISTORY; i++) {
            ShopperEvent event = event(number, i, NOW - (HISTORY - i) * DAY);
            String category =
                    event.itemId() == null ? null : index.item(event.itemId()).category();
            behavior.record(event);
            behavior.interacted(StableHash.of(entity(event)), event.type(), category, event.time());
        }
        return behavior;
    }

    /** An event of a shopper: views mostly, a cart or a purchase now and then; a fifth of them on bundles. */
    ShopperEvent event(int shopper, int number, long time) {
        double kind = unit();
        EventType type = kind < 0.7
                ? EventType.VIEW
                : kind < 0.85 ? EventType.CLICK : kind < 0.93 ? EventType.ADD_TO_CART : EventType.PURCHASE;
        boolean onBundle = type != EventType.ADD_TO_CART && unit() < BUNDLE_SHARE;
        int preference = unit() < 0.7 ? preferenceOf(shopper) : below(TASTES);
        boolean bought = type == EventType.PURCHASE;
        return new ShopperEvent(
                "e" + shopper + "-" + number,
                "u" + shopper,
                null,
                type,
                onBundle ? null : item(rank(ITEMS, preference)),
                onBundle ? bundle(rank(bundles, preference)) : null,
                null,
                bought ? "o" + shopper + "-" + number : null,
                1,
                bought ? 100 + below(9_900) : ShopperEvent.NO_PRICE,
                bought ? "EUR" : null,
                Double.NaN,
                "product",
                time,
                null,
                0);
    }

    static String entity(ShopperEvent event) {
        return event.entity();
    }

    private Bundle newBundle(int number) {
        int preference = number % TASTES;
        int size = 2 + below(3);
        Set<String> members = new HashSet<>();
        while (members.size() < size) {
            members.add(item(rank(ITEMS, preference)));
        }
        List<BundleMember> named = new ArrayList<>();
        for (String member : members.stream().sorted().toList()) {
            named.add(new BundleMember(member, 1));
        }
        return new Bundle(
                bundle(number),
                "",
                named,
                200,
                400,
                "EUR",
                Bundle.Origin.CURATED,
                NOW - below(100) * DAY);
    }

    private EntityModel newModel(String entity, int rank, double share) {
        long interactions = Math.max(1, (long) (share * INTERACTIONS / (rank + 10)));
        long purchases = interactions / 10;
        float[] vector = preferences[rank % TASTES].clone();
        addNoise(vector);
        return new EntityModel(
                entity,
                vector,
                (float) (unit() - 0.5),
                interactions / 100.0,
                interactions / 20.0,
                NOW - below(10) * DAY,
                interactions,
                purchases,
                Item.UNKNOWN,
                null,
                neighbors(entity, rank, purchases),
                EngagementCounts.NONE,
                interactions,
                1,
                interactions,
                NOW);
    }

    private List<Neighbor> neighbors(String entity, int rank, long purchases) {
        Map<String, Integer> orders = new HashMap<>();
        long draws = Entity.isItem(entity) ? Math.min(4 * PUBLISHED_NEIGHBORS, purchases) : 0;
        for (int n = 0; n < draws && orders.size() < PUBLISHED_NEIGHBORS; n++) {
            String other = item(rank(ITEMS, rank % TASTES));
            if (!Entity.ofItem(other).equals(entity)) {
                orders.merge(other, 1, Integer::sum);
            }
        }
        List<Neighbor> neighbors = new ArrayList<>();
        orders.forEach((other, count) -> neighbors.add(new Neighbor(other, 0.8f * count, count)));
        neighbors.sort((a, b) ->
                a.orders() != b.orders() ? b.orders() - a.orders() : a.itemId().compareTo(b.itemId()));
        return List.copyOf(neighbors);
    }

    private static int preferenceOf(int shopper) {
        return shopper % TASTES;
    }

    /** A rank of a preference, the more likely the smaller: log-uniform, which is a power law of exponent 1. */
    private int rank(int count, int preference) {
        int place = (int) (Math.pow(count / (double) TASTES + 1, unit()) - 1);
        return Math.min(count / TASTES - 1, place) * TASTES + preference;
    }

    private float[] gaussian() {
        float[] vector = new float[FACTORS];
        for (int k = 0; k < FACTORS; k++) {
            vector[k] = (float) (0.2 * (unit() + unit() + unit() - 1.5));
        }
        return vector;
    }

    private void addNoise(float[] vector) {
        float[] noise = gaussian();
        for (int k = 0; k < vector.length; k++) {
            vector[k] += noise[k];
        }
    }

    private static String item(int number) {
        return "item-" + number;
    }

    private static String bundle(int number) {
        return "bundle-" + number;
    }

    private double unit() {
        state = StableHash.combine(state, 1);
        return StableHash.unit(state);
    }

    private int below(int bound) {
        state = StableHash.combine(state, 2);
        return StableHash.below(state, bound);
    }
}
