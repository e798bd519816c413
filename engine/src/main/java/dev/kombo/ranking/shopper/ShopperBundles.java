package dev.kombo.ranking.shopper;

import dev.kombo.profile.TimedCounts;
import java.util.Arrays;

/**
 * Says what one shopper has to do with each bundle, like {@link ShopperItems} for items: offers, purchases, and
 * similarity to bundles that the shopper interacted with.
 */
public final class ShopperBundles {
    /** Prior strength of the pair's effect, in expected clicks. */
    private static final double EXPECTED = 1.6;

    private static final double MOST = 2;

    private int stamp;
    private int[] stamps = new int[64];
    private int[] offers = new int[64];
    private long[] offeredAt = new long[64];
    private long[] boughtAt = new long[64];
    private float[] contents = new float[64];
    private float[] clicks = new float[64];
    private float[] expected = new float[64];

    void clear() {
        stamp++;
        if (stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    private void add(int bundle) {
        if (bundle >= stamps.length) {
            int length = Math.max(bundle + 1, stamps.length * 2);
            stamps = Arrays.copyOf(stamps, length);
            offers = Arrays.copyOf(offers, length);
            offeredAt = Arrays.copyOf(offeredAt, length);
            boughtAt = Arrays.copyOf(boughtAt, length);
            contents = Arrays.copyOf(contents, length);
            clicks = Arrays.copyOf(clicks, length);
            expected = Arrays.copyOf(expected, length);
        }
        if (stamps[bundle] != stamp) {
            stamps[bundle] = stamp;
            offers[bundle] = 0;
            offeredAt[bundle] = Long.MIN_VALUE;
            boughtAt[bundle] = Long.MIN_VALUE;
            contents[bundle] = 0;
            clicks[bundle] = 0;
            expected[bundle] = 0;
        }
    }

    void offered(int bundle, TimedCounts exposures, int exposure) {
        add(bundle);
        offers[bundle] = exposures.countAt(exposure);
        offeredAt[bundle] = exposures.lastTimeAt(exposure);
        clicks[bundle] = (float) exposures.clicksAt(exposure);
        expected[bundle] = (float) exposures.expectedAt(exposure);
    }

    void bought(int bundle, long time) {
        add(bundle);
        boughtAt[bundle] = time;
    }

    /** Adds the similarity of a bundle to one that the shopper interacted with. */
    void addContent(int bundle, float likeness) {
        add(bundle);
        contents[bundle] += likeness;
    }

    private boolean contains(int bundle) {
        return bundle < stamps.length && stamps[bundle] == stamp;
    }

    /** Its summed similarity to the bundles that the shopper interacted with. */
    public float content(int bundle) {
        return contains(bundle) ? contents[bundle] : 0f;
    }

    /** Number of offers. */
    public int offers(int bundle) {
        return contains(bundle) ? offers[bundle] : 0;
    }

    /**
     * The pair's effect: how many more clicks than expected the shopper gave it, (clicks - expected) / (k + expected)
     * with k = {@value #EXPECTED}, both decayed to the time; at most {@value #MOST}.
     */
    public double effect(int bundle, long time) {
        if (!contains(bundle) || (clicks[bundle] == 0 && expected[bundle] == 0)) {
            return 0;
        }
        double kept = TimedCounts.kept(offeredAt[bundle], time);
        return Math.min(MOST, kept * (clicks[bundle] - expected[bundle]) / (EXPECTED + kept * expected[bundle]));
    }

    /** When it was last offered, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    public long offeredAt(int bundle) {
        return contains(bundle) ? offeredAt[bundle] : Long.MIN_VALUE;
    }

    /** When it was last bought, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    public long boughtAt(int bundle) {
        return contains(bundle) ? boughtAt[bundle] : Long.MIN_VALUE;
    }
}
