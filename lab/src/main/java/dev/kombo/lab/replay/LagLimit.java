package dev.kombo.lab.replay;

import dev.kombo.cli.CommandException;
import dev.kombo.lab.kafka.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds a replay back while the application is too far behind. A replay publishes faster than any application learns;
 * unchecked, all offers would be made from what was known at the very start, which no shop of the time ever saw.
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
     * @param limit most records between the two, in all
     * @param stallTimeout the group committed nothing for so long while the limit is passed: the replay fails
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

    /** Without a limit: publishes as fast as the broker takes it. */
    static LagLimit none() {
        return new LagLimit(Map::of, Map::of, Long.MAX_VALUE, Duration.ZERO);
    }

    /**
     * Returns when there is room; looks a few times a second at most.
     *
     * @throws CommandException when the application makes no progress
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
