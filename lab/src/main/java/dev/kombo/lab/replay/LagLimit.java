package dev.kombo.lab.replay;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds a replay back while the application is too far behind. A replay publishes faster than any application learns;
 * unchecked, all offers would be made from what was known at the very start, which no shop of the time ever saw.
 */
public final class LagLimit {
    private static final long LOOK_NANOS = 200_000_000L;
    private static final long NAP_MILLIS = 50;

    private final Supplier<Map<TopicPartition, Long>> committedOffsets;
    private final Supplier<Map<TopicPartition, Long>> endOffsets;
    private final long limit;
    private final Duration stallTimeout;
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
        this.stallTimeout = stallTimeout;
    }

    /** Without a limit: publishes as fast as the broker takes it. */
    static LagLimit none() {
        return new LagLimit(Map::of, Map::of, Long.MAX_VALUE, Duration.ZERO);
    }

    /**
     * Returns when there is room; looks a few times a second at most.
     *
     * @throws ReplayException when the application makes no progress
     */
    void awaitRoom() throws InterruptedException {
        long now = System.nanoTime();
        if (now - lookedAt < LOOK_NANOS) {
            return;
        }
        Map<TopicPartition, Long> before = Map.of();
        long movedAt = now;
        Map<TopicPartition, Long> committed = committedOffsets.get();
        while (lag(committed) > limit) {
            if (!committed.equals(before)) {
                movedAt = System.nanoTime();
                before = committed;
            } else if (System.nanoTime() - movedAt > stallTimeout.toNanos()) {
                throw new ReplayException("the application committed nothing for %d s and is %,d records behind"
                        .formatted(stallTimeout.toSeconds(), lag(committed)));
            }
            Thread.sleep(NAP_MILLIS);
            committed = committedOffsets.get();
        }
        lookedAt = System.nanoTime();
    }

    private long lag(Map<TopicPartition, Long> committed) {
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : endOffsets.get().entrySet()) {
            lag += Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L));
        }
        return lag;
    }
}
