package dev.kombo.ranking.shopper;

import java.util.Arrays;

/**
 * Marks bundles with the shopper's data, like {@link ItemMarks} for items: offers, purchases, and similarity to bundles
 * that the shopper interacted with.
 */
public final class BundleMarks {
    private int stamp;
    private int[] stamps = new int[64];
    private int[] offers = new int[64];
    private long[] offeredAt = new long[64];
    private long[] boughtAt = new long[64];
    private float[] contents = new float[64];

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
            contents = Arrays.copyOf(contents, length);
        }
        if (stamps[bundle] != stamp) {
            stamps[bundle] = stamp;
            offers[bundle] = 0;
            offeredAt[bundle] = Long.MIN_VALUE;
            boughtAt[bundle] = Long.MIN_VALUE;
            contents[bundle] = 0;
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

    /** Adds the similarity of a bundle to one that the shopper interacted with. */
    void addContent(int bundle, float likeness) {
        mark(bundle);
        contents[bundle] += likeness;
    }

    private boolean isMarked(int bundle) {
        return bundle < stamps.length && stamps[bundle] == stamp;
    }

    /** Its summed similarity to the bundles that the shopper interacted with. */
    public float content(int bundle) {
        return isMarked(bundle) ? contents[bundle] : 0f;
    }

    /** Number of offers. */
    public int offers(int bundle) {
        return isMarked(bundle) ? offers[bundle] : 0;
    }

    /** When it was last offered, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    public long offeredAt(int bundle) {
        return isMarked(bundle) ? offeredAt[bundle] : Long.MIN_VALUE;
    }

    /** When it was last bought, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    public long boughtAt(int bundle) {
        return isMarked(bundle) ? boughtAt[bundle] : Long.MIN_VALUE;
    }
}
