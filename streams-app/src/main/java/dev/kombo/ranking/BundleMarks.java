package dev.kombo.ranking;

import java.util.Arrays;

/** The same as {@link ItemMarks} for bundles: what a shopper was offered and bought of them. */
final class BundleMarks {
    private int stamp;
    private int[] stamps = new int[64];
    private int[] offers = new int[64];
    private long[] offeredAt = new long[64];
    private long[] boughtAt = new long[64];
    private float[] fromBundles = new float[64];
    private float[] fromItems = new float[64];

    void clear() {
        stamp++;
        if (stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    private void mark(int bundle) {
        if (bundle >= stamps.length) {
            int length = Math.max(bundle + 1, stamps.length * 2);
            stamps = Arrays.copyOf(stamps, length);
            offers = Arrays.copyOf(offers, length);
            offeredAt = Arrays.copyOf(offeredAt, length);
            boughtAt = Arrays.copyOf(boughtAt, length);
            fromBundles = Arrays.copyOf(fromBundles, length);
            fromItems = Arrays.copyOf(fromItems, length);
        }
        if (stamps[bundle] != stamp) {
            stamps[bundle] = stamp;
            offers[bundle] = 0;
            offeredAt[bundle] = Long.MIN_VALUE;
            boughtAt[bundle] = Long.MIN_VALUE;
            fromBundles[bundle] = 0f;
            fromItems[bundle] = 0f;
        }
    }

    void offered(int bundle, int count, long lastTime) {
        mark(bundle);
        offers[bundle] = count;
        offeredAt[bundle] = lastTime;
    }

    void bought(int bundle, long time) {
        mark(bundle);
        boughtAt[bundle] = time;
    }

    /** Adds what a touched bundle, or item, says for a bundle that is touched together with it. */
    void addCooccurrence(int bundle, float score, boolean fromItem) {
        mark(bundle);
        if (fromItem) {
            fromItems[bundle] += score;
        } else {
            fromBundles[bundle] += score;
        }
    }

    private boolean isMarked(int bundle) {
        return bundle < stamps.length && stamps[bundle] == stamp;
    }

    /** Offers counted. */
    int offers(int bundle) {
        return isMarked(bundle) ? offers[bundle] : 0;
    }

    /** Sum of what touched bundles say for it. */
    float fromBundles(int bundle) {
        return isMarked(bundle) ? fromBundles[bundle] : 0f;
    }

    /** Sum of what touched items say for it. */
    float fromItems(int bundle) {
        return isMarked(bundle) ? fromItems[bundle] : 0f;
    }

    /** When it was last offered, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    long offeredAt(int bundle) {
        return isMarked(bundle) ? offeredAt[bundle] : Long.MIN_VALUE;
    }

    /** When it was last bought, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    long boughtAt(int bundle) {
        return isMarked(bundle) ? boughtAt[bundle] : Long.MIN_VALUE;
    }
}
