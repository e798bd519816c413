package dev.kombo.lab.replay;

import dev.kombo.console.CommandException;
import dev.kombo.lab.kafka.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Throttles a replay while the application is too far behind. A replay publishes faster than any application learns;
 * without a limit all offers would be made from what was known at the start, which no real shop would see.
 */
public final class LagLimit {
    private static final long LOOK_NANOS = 200_000_000L;
    private static final Duration NAP = Duration.ofMillis(50);

    private final Supplier<Map<TopicPartition, Long>> committedOffsets;
    private final Supplier<Map<TopicPartition, Long>> endOffsets;
    private final long limit;
    private final Waiting waiting;
    private long lookedAt = System.nanoTime();

    /**
     * @param committedOffsets the offsets that the group committed last; partitions may be missing
     * @param endOffsets ends of all partitions that the group reads
     * @param limit most records between the two, over all partitions
     * @param stallTimeout the replay fails if the group commits nothing for this long while it is above the limit
     */
    public LagLimit(
            Supplier<Map<TopicPartition, Long>> committedOffsets,
            Supplier<Map<TopicPartition, Long>> endOffsets,
            long limit,
            Duration stallTimeout) {
        this.committedOffsets = committedOffsets;
        this.endOffsets = endOffsets;
        this.limit = limit;
        this.waiting = new Waiting(stallTimeout, NAP, () -> {});
    }

    /** No limit: publishes as fast as the broker accepts. */
    static LagLimit none() {
        return new LagLimit(Map::of, Map::of, Long.MAX_VALUE, Duration.ZERO);
    }

    /**
     * Waits until the lag is below the limit; checks at most a few times per second.
     *
     * @throws CommandException if the application makes no progress
     */
    void awaitRoom() throws InterruptedException {
        if (System.nanoTime() - lookedAt >= LOOK_NANOS) {
            AtomicLong lag = new AtomicLong();
            waiting.until(
                    "the application is at most %,d records behind".formatted(limit),
                    () -> {
                        lag.set(lag());
                        return lag.get() <= limit;
                    },
                    () -> "%,d records behind".formatted(lag.get()));
            lookedAt = System.nanoTime();
        }
    }

    private long lag() {
        Map<TopicPartition, Long> committed = committedOffsets.get();
        return endOffsets.get().entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
