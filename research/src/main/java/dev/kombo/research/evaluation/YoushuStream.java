package dev.kombo.research.evaluation;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.math.StableHash;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.research.data.YoushuData;
import dev.kombo.research.engine.InProcessEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The data set Youshu as events for the engine: the bundles as a catalogue, and all train pairs of items and bundles as
 * purchases in one random order. Immutable.
 */
final class YoushuStream {
    private static final long PRICE_MINOR = 1000;
    private static final String CURRENCY = "EUR";

    /** Made-up times, as the data have none. */
    private static final long START = 1_600_000_000_000L;

    private static final long BETWEEN_EVENTS_MILLIS = 100;

    private final YoushuData data;
    private final int[] order;

    /**
     * @param seed of the order
     * @param share share of the stream to keep, from its beginning, in (0, 1]
     */
    YoushuStream(YoushuData data, long seed, double share) {
        this.data = data;
        this.order = order(data.train().size() + data.userItems().size(), seed, share);
    }

    /**
     * Numbers of pairs in random order, cut to the share: train pairs of bundles are numbered first, then pairs of
     * items.
     */
    private static int[] order(int pairs, long seed, double share) {
        int[] order = new int[pairs];
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            int other = StableHash.below(StableHash.combine(seed, i), i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return Arrays.copyOf(order, (int) Math.ceil(share * order.length));
    }

    int size() {
        return order.length;
    }

    /** Time of event {@code position}, epoch milliseconds. */
    static long time(int position) {
        return START + (position + 1L) * BETWEEN_EVENTS_MILLIS;
    }

    /** Event {@code position}, from 0. */
    ShopperEvent event(int position) {
        int pair = order[position];
        int bundlePairs = data.train().size();
        boolean ofBundle = pair < bundlePairs;
        int user = ofBundle ? data.train().first()[pair] : data.userItems().first()[pair - bundlePairs];
        return InProcessEngine.purchase(
                "e" + pair,
                user(user),
                ofBundle ? null : itemId(data.userItems().second()[pair - bundlePairs]),
                ofBundle ? bundleId(data.train().second()[pair]) : null,
                null,
                time(position),
                Map.of());
    }

    static String user(int user) {
        return "u" + user;
    }

    static String bundleId(int bundle) {
        return "b" + bundle;
    }

    /** Returns the items, all at one price, which distinguishes none of them: prices are unknown. */
    static List<Item> items(YoushuData data) {
        return IntStream.range(0, data.items())
                .mapToObj(item -> new Item(itemId(item), "", null, PRICE_MINOR, CURRENCY, Item.UNKNOWN, Item.UNLIMITED))
                .toList();
    }

    /** Returns the bundles, at what their items cost: the service offers none without a price. */
    static List<Bundle> bundles(YoushuData data) {
        List<Bundle> bundles = new ArrayList<>(data.bundles());
        for (int bundle = 0; bundle < data.bundles(); bundle++) {
            List<BundleMember> members = Arrays.stream(data.bundleItems()[bundle])
                    .mapToObj(item -> new BundleMember(itemId(item), 1))
                    .toList();
            long price = PRICE_MINOR * members.size();
            bundles.add(new Bundle(bundleId(bundle), "", members, price, price, CURRENCY, Bundle.Origin.CURATED, 0));
        }
        return bundles;
    }

    private static String itemId(int item) {
        return "i" + item;
    }
}
