package dev.kombo.catalog.index;

import java.util.Arrays;

/**
 * Maps each item to the bundles that contain it, in ascending order of the bundles' hashes so that it does not depend
 * on the order of arrival. Lists are replaced, never changed. Used only by the index's one writer.
 */
final class BundleLinks {
    private final Snapshots<ItemEntry> items;
    private final Snapshots<BundleEntry> bundles;

    BundleLinks(Snapshots<ItemEntry> items, Snapshots<BundleEntry> bundles) {
        this.items = items;
        this.bundles = bundles;
    }

    /** Adds a bundle to the lists of its members; duplicates are ignored. */
    void link(BundleEntry entry) {
        for (int m = 0; m < entry.size(); m++) {
            ItemEntry item = items.get(entry.member(m));
            int at = placeOf(entry, item.bundles());
            if (at < 0) {
                items.set(item.ordinal(), item.withBundles(inserted(item.bundles(), -at - 1, entry.ordinal())));
            }
        }
    }

    /** Removes a bundle from the lists of members that it no longer has. */
    void unlink(BundleEntry before, BundleEntry after) {
        for (int m = 0; m < before.size(); m++) {
            if (!after.has(before.member(m))) {
                ItemEntry item = items.get(before.member(m));
                int[] rest = removed(item.bundles(), placeOf(before, item.bundles()));
                items.set(item.ordinal(), item.withBundles(rest));
            }
        }
    }

    /** Index in a sorted list, or -(index + 1) of its insertion point. */
    private int placeOf(BundleEntry entry, int[] ordinals) {
        int low = 0;
        int high = ordinals.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(bundles.get(ordinals[middle]).hash(), entry.hash());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private static int[] inserted(int[] ordinals, int at, int ordinal) {
        int[] more = Arrays.copyOf(ordinals, ordinals.length + 1);
        System.arraycopy(ordinals, at, more, at + 1, ordinals.length - at);
        more[at] = ordinal;
        return more;
    }

    private static int[] removed(int[] ordinals, int at) {
        int[] fewer = Arrays.copyOf(ordinals, ordinals.length - 1);
        System.arraycopy(ordinals, at + 1, fewer, at, fewer.length - at);
        return fewer;
    }
}
