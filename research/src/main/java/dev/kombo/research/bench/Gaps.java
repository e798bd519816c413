package dev.kombo.research.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures the longest time without an offer in each partition, while instances stop and start. Times are those of
 * {@link System#nanoTime}. Thread-safe.
 */
final class Gaps {
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> last = new HashMap<>();
    private final Map<TopicPartition, Long> longest = new HashMap<>();
    private final CountDownLatch silent;

    Gaps(List<TopicPartition> partitions) {
        this.partitions = List.copyOf(partitions);
        silent = new CountDownLatch(partitions.size());
    }

    /** Records that a partition has a new record. */
    synchronized void seen(TopicPartition partition, long now) {
        Long before = last.put(partition, now);
        if (before == null) {
            silent.countDown();
        } else {
            longest.merge(partition, now - before, Math::max);
        }
    }

    /** Waits, before {@link #begin}, until every partition has had a record; false where that takes longer. */
    boolean awaitAll(Duration most) throws InterruptedException {
        return silent.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Forgets the gaps so far; one that is open counts from now on. */
    synchronized void begin(long now) {
        longest.clear();
        partitions.forEach(partition -> last.put(partition, now));
    }

    /** The gaps since {@link #begin}; one that is still open counts up to now. */
    synchronized BenchSummary.GapFigures figures(String change, long now) {
        BenchSummary.FigureRange seconds = BenchSummary.FigureRange.of(partitions.stream()
                .map(partition -> Math.max(longest.getOrDefault(partition, 0L), now - last.get(partition)))
                .map(nanos -> nanos / NANOS_PER_SECOND)
                .toList());
        return new BenchSummary.GapFigures(change, seconds.median(), seconds.high());
    }
}
