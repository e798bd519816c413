package dev.kombo.catalog.index;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Derives two lists per item from the bundles that contain it: the most popular of these bundles, and the items that
 * share one of them. Both are the same for all shoppers, so a list is kept until one of these bundles changes. The
 * reading thread derives it. One thread calls the writer's methods; any thread reads.
 */
final class ItemBundles {
    private static final int FIRST_CAPACITY = 16;

    /** Most bundles per item that are examined; an item of a large catalogue may be in thousands. */
    private static final int MOST_EXAMINED = 1000;

    /** Most popular bundles per item. */
    private static final int MOST_POPULAR = 25;

    /** Bundles per item whose other members are listed. */
    private static final int MOST_SHARED = 100;

    private static final int[] NONE = {};

    private final Snapshots<ItemEntry> items;
    private final Snapshots<BundleEntry> bundles;
    private final DenseFloats popularities;
    private final OrdinalCache<int[]> popular = new OrdinalCache<>();
    private final OrdinalCache<int[]> sharing = new OrdinalCache<>();
    private final IntFunction<int[]> findPopular = this::findPopular;
    private final IntFunction<int[]> findSharing = this::findSharing;

    /** @param popularities long-term popularities by ordinals of bundles, NaN where a bundle is not offered */
    ItemBundles(Snapshots<ItemEntry> items, Snapshots<BundleEntry> bundles, DenseFloats popularities) {
        this.items = items;
        this.bundles = bundles;
        this.popularities = popularities;
    }

    /** Forgets what depends on the popularity of a bundle. Called by the one writer, after the change. */
    void changedPopularity(BundleEntry entry) {
        for (int m = 0; m < entry.size(); m++) {
            popular.forget(entry.member(m));
        }
    }

    /** Forgets what depends on the members of a bundle. Called by the one writer, after the change. */
    void changedMembers(BundleEntry entry) {
        for (int m = 0; m < entry.size(); m++) {
            popular.forget(entry.member(m));
            sharing.forget(entry.member(m));
        }
    }

    /** The most popular bundles of an item, most popular first; where there are few, all of them by hash. */
    int[] popular(int item) {
        int[] all = items.get(item).bundles();
        if (all.length <= MOST_POPULAR) {
            return all;
        }
        int[] known = popular.kept(item);
        return known != null ? known : popular.derive(item, findPopular);
    }

    /** The items in the bundles of an item, without the item itself. */
    int[] sharing(int item) {
        if (items.get(item).bundles().length == 0) {
            return NONE;
        }
        int[] known = sharing.kept(item);
        return known != null ? known : sharing.derive(item, findSharing);
    }

    private int[] findPopular(int item) {
        int[] all = items.get(item).bundles();
        TopSelection best = new TopSelection().reset(MOST_POPULAR);
        for (int i = 0; i < Math.min(all.length, MOST_EXAMINED); i++) {
            // Bundles come in the order of their hashes, so that their place does for the hash.
            best.offer(popularities.get(all[i]), i, all[i]);
        }
        return best.ordinals();
    }

    private int[] findSharing(int item) {
        int[] all = items.get(item).bundles();
        int[] found = new int[FIRST_CAPACITY];
        int size = 0;
        for (int i = 0; i < Math.min(all.length, MOST_SHARED); i++) {
            BundleEntry bundle = bundles.get(all[i]);
            for (int m = 0; m < bundle.size(); m++) {
                int other = bundle.member(m);
                if (other != item && !contains(found, size, other)) {
                    found = size == found.length ? Arrays.copyOf(found, 2 * size) : found;
                    found[size++] = other;
                }
            }
        }
        return Arrays.copyOf(found, size);
    }

    private static boolean contains(int[] found, int size, int item) {
        for (int i = 0; i < size; i++) {
            if (found[i] == item) {
                return true;
            }
        }
        return false;
    }
}
