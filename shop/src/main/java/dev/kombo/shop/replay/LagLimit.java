package dev.kombo.shop.replay;

import dev.kombo.shop.process.Patience;
import dev.kombo.shop.process.Waiting;
import java.util.function.LongSupplier;

/**
 * Throttles a replay while the application is too far behind. A replay publishes faster than any application learns;
 * without a limit all offers would be made from what was known at the start, which no real shop would see.
 */
public final class LagLimit {
    private static final long CHECK_INTERVAL_NANOS = 200_000_000L;

    private final LongSupplier lag;
    private final long limit;
    private final Waiting waiting;
    private long checkedAt = System.nanoTime();

    /**
     * @param lag records that the application has not processed
     * @param limit most of them
     * @param patience how long to wait while the lag stays the same and is above the limit
     */
    public LagLimit(LongSupplier lag, long limit, Patience patience) {
        this.lag = lag;
        this.limit = limit;
        this.waiting = new Waiting(patience);
    }

    /**
     * Waits until the lag is below the limit; checks at most a few times per second.
     *
     * @throws dev.kombo.console.CommandException if the application makes no progress
     */
    void awaitRoom() throws InterruptedException {
        if (System.nanoTime() - checkedAt >= CHECK_INTERVAL_NANOS) {
            waiting.until(
                    "the application is at most %,d records behind".formatted(limit),
                    () -> lag.getAsLong() <= limit,
                    () -> "%,d records behind".formatted(lag.getAsLong()));
            checkedAt = System.nanoTime();
        }
    }
}
