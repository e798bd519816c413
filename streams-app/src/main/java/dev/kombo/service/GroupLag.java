package dev.kombo.service;

import dev.kombo.ops.Causes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the records that wait for this instance: those between the offset that the group committed and the end of each
 * partition that the instance was assigned and that no other instance has got since. All of it comes from the brokers.
 * While the group rebalances, it may count what another instance has already got. The metrics of the instance's
 * consumers cannot tell: they show no lag in a partition that they lost or have not fetched since, and none for records
 * that they handed to a thread that hangs. Nor can the latest assignment: a slow instance may have joined the group
 * twice, and then the member that it is no longer has some of its partitions.
 *
 * <p>The end of a partition is often a marker of a transaction, which no committed offset covers. So when offsets and
 * end stand still, the instance looks once whether a record is left between them. Until then all offsets count as
 * records, so the count may be too large by some markers while records come, and is never too small. A thread of its
 * own measures; others may ask at any time.
 */
final class GroupLag implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLag.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** How long an answer of the brokers counts as known. */
    private static final Duration KNOWN = Duration.ofSeconds(15);

    private static final long LONGEST_END_MILLIS = 2_000;

    /** How often it is said that no broker answers. */
    private static final Duration NOTICE_INTERVAL = Duration.ofMinutes(1);

    /** What the brokers report. Used by one thread. */
    interface Offsets extends AutoCloseable {
        /** Returns the partitions that the group has assigned to other instances. */
        Set<TopicPartition> ofOtherInstances() throws ExecutionException, InterruptedException, TimeoutException;

        /** Returns the next offset to be processed of each partition, from the group's commits. */
        Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions)
                throws ExecutionException, InterruptedException, TimeoutException;

        /** Returns the end of each partition, with what open transactions wrote. */
        Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
                throws ExecutionException, InterruptedException, TimeoutException;

        /**
         * Returns those partitions in which only markers of transactions are left.
         *
         * @param from the next offset to be processed of each
         * @param ends the end of each
         */
        Set<TopicPartition> withoutRecords(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends);

        @Override
        void close();
    }

    /**
     * What is not committed of a partition.
     *
     * @param from the next offset to be processed
     * @param end the end of the partition
     * @param empty whether only markers of transactions are left
     */
    private record Gap(long from, long end, boolean empty) {
        boolean isThatOf(Gap other) {
            return other != null && from == other.from && end == other.end;
        }
    }

    private final Supplier<Set<TopicPartition>> assigned;
    private final Supplier<Offsets> connecting;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "kombo-lag");
    private final Map<TopicPartition, Gap> gaps = new HashMap<>();
    /** What this instance was assigned, and no other has got since; used by the thread. */
    private final Set<TopicPartition> own = new HashSet<>();
    /** When the brokers were asked last of what they answered; used by the thread. */
    private long answeredAt;
    /** When it was said last that they do not answer; 0: they do. */
    private long noticedAt;
    /** Guarded by this. */
    private long waiting;

    private long measuredAt;
    private boolean measured;

    /**
     * @param assigned the partitions that the instance was assigned last; null before the first assignment
     * @param connecting creates the connection to the brokers
     * @param nanoTime a monotonic clock
     */
    GroupLag(Supplier<Set<TopicPartition>> assigned, Supplier<Offsets> connecting, LongSupplier nanoTime) {
        this.assigned = assigned;
        this.connecting = connecting;
        this.nanoTime = nanoTime;
        thread.setDaemon(true);
    }

    /** Begins to measure. */
    void start() {
        thread.start();
    }

    /** Number of records that wait; empty while it is not known, as no broker answers. */
    synchronized OptionalLong records() {
        return measured && nanoTime.getAsLong() - measuredAt <= KNOWN.toNanos()
                ? OptionalLong.of(waiting)
                : OptionalLong.empty();
    }

    private void run() {
        answeredAt = nanoTime.getAsLong();
        try {
            do {
                try (Offsets offsets = connecting.get()) {
                    measureUntilClosed(offsets);
                } catch (RuntimeException e) {
                    LOG.error("The events that wait cannot be counted; trying again", e);
                }
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measureUntilClosed(Offsets offsets) throws InterruptedException {
        do {
            try {
                long askedAt = nanoTime.getAsLong();
                measure(offsets);
                answered(askedAt);
            } catch (InterruptException e) {
                // Closed meanwhile.
                return;
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                unanswered(Causes.rootOf(e));
            }
        } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void answered(long askedAt) {
        if (noticedAt != 0) {
            LOG.info("The brokers answer again, after {} s", seconds(askedAt - answeredAt));
        }
        answeredAt = askedAt;
        noticedAt = 0;
    }

    /**
     * Says it once a minute, with the time: what Kafka's clients write of it is left out of the log for the most part.
     */
    private void unanswered(Throwable cause) {
        long now = nanoTime.getAsLong();
        if (noticedAt == 0 || now - noticedAt >= NOTICE_INTERVAL.toNanos()) {
            LOG.warn(
                    "No broker has answered for {} s, so events wait: {}", seconds(now - answeredAt), cause.toString());
            noticedAt = now;
        }
    }

    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds();
    }

    /** Looks once; visible for tests. */
    void measure(Offsets offsets) throws ExecutionException, InterruptedException, TimeoutException {
        Set<TopicPartition> latest = assigned.get();
        if (latest == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        own.addAll(latest);
        own.removeAll(offsets.ofOtherInstances());
        // First the commits: an end that is asked for later is never before them.
        Map<TopicPartition, Long> committed = offsets.committed(own);
        Map<TopicPartition, Long> ends = offsets.ends(own);
        Map<TopicPartition, Gap> before = Map.copyOf(gaps);
        gaps.clear();
        ends.forEach((partition, end) -> {
            long from = committed.getOrDefault(partition, 0L);
            if (from < end) {
                gaps.put(partition, new Gap(from, end, false));
            }
        });
        leaveOutMarkers(offsets, before);
        synchronized (this) {
            waiting = gaps.values().stream()
                    .filter(gap -> !gap.empty())
                    .mapToLong(gap -> gap.end() - gap.from())
                    .sum();
            measuredAt = now;
            measured = true;
        }
    }

    /** Looks for records in partitions that are as they were at the last look. */
    private void leaveOutMarkers(Offsets offsets, Map<TopicPartition, Gap> before) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        gaps.replaceAll((partition, gap) -> {
            Gap last = before.get(partition);
            if (!gap.isThatOf(last)) {
                return gap;
            }
            if (!last.empty()) {
                from.put(partition, gap.from());
                ends.put(partition, gap.end());
            }
            return last;
        });
        if (!ends.isEmpty()) {
            offsets.withoutRecords(from, ends)
                    .forEach(partition -> gaps.put(partition, new Gap(from.get(partition), ends.get(partition), true)));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(LONGEST_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
