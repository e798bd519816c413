package dev.kombo.research.bench;

import java.util.SplittableRandom;

/**
 * Each act is that of a user drawn anew. Event time advances by 864 ms per event, a hundred thousand events a day, so
 * that in a shop with at least some hundred users nobody is as fast as a robot. Not thread-safe.
 */
final class IndependentShoppers implements Shoppers {
    private static final long STEP_MILLIS = 864;

    private final ZipfRanks users;
    private final SplittableRandom random;
    private final long start;

    /**
     * @param random whose next number a draw takes
     * @param start event time of the first event, epoch milliseconds
     */
    IndependentShoppers(ZipfRanks users, SplittableRandom random, long start) {
        this.users = users;
        this.random = random;
        this.start = start;
    }

    @Override
    public int next() {
        return users.draw(random);
    }

    @Override
    public void acted(int events) {}

    @Override
    public long time(long made) {
        return start + made * STEP_MILLIS;
    }

    @Override
    public boolean together() {
        return false;
    }
}
