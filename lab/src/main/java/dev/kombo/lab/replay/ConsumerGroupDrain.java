package dev.kombo.lab.replay;

import dev.kombo.cli.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application has drained when no partition that it reads has a record behind the offset that its group committed.
 *
 * <p>Under exactly-once the log ends in the control markers of transactions, which nobody reads and no offset of a group
 * covers, so a committed offset below the end tells nothing: where it is below, a consumer reads from it, and only a record
 * that comes out is work left. Outputs to repartition topics are visible together with the offsets of their inputs; two
 * clean looks in a row are asked for all the same, as punctuators write on their own time.
 */
public final class ConsumerGroupDrain implements DrainMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerGroupDrain.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_MILLIS = 200;
    private static final int CLEAN_LOOKS = 2;

    private final Supplier<Map<TopicPartition, Long>> committedOffsets;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Collection<String> topics;
    private final Duration stallTimeout;

    /**
     * @param committedOffsets the offsets that the group committed last; partitions may be missing
     * @param consumers makes a {@code read_committed} consumer without a group; closed after use
     * @param topics the topics that the group reads, internal repartition topics included, global ones not
     * @param stallTimeout no committed offset moved for so long while records are left: the wait fails
     */
    public ConsumerGroupDrain(
            Supplier<Map<TopicPartition, Long>> committedOffsets,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Collection<String> topics,
            Duration stallTimeout) {
        this.committedOffsets = committedOffsets;
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        this.stallTimeout = stallTimeout;
    }

    @Override
    public void awaitDrained() throws InterruptedException {
        drained(() -> null);
    }

    /**
     * Returns when everything is processed.
     *
     * @param snapshot taken at the first of the clean looks, so that the time of making sure is not counted
     * @return the snapshot
     */
    public <T> T drained(Supplier<T> snapshot) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(topic -> partitions.addAll(TopicReader.partitions(consumer, topic)));
            Map<TopicPartition, Long> before = Map.of();
            long movedAt = System.nanoTime();
            long loggedAt = movedAt;
            int clean = 0;
            T taken = null;
            while (true) {
                Map<TopicPartition, Long> committed = committedOffsets.get();
                Map<TopicPartition, String> behind = behind(consumer, partitions, committed);
                clean = behind.isEmpty() ? clean + 1 : 0;
                if (clean == 1) {
                    taken = snapshot.get();
                }
                if (clean == CLEAN_LOOKS) {
                    return taken;
                }
                long now = System.nanoTime();
                movedAt = committed.equals(before) ? movedAt : now;
                before = committed;
                if (!behind.isEmpty() && now - movedAt > stallTimeout.toNanos()) {
                    throw new ReplayException("the application committed nothing for %d s and has records left: %s"
                            .formatted(stallTimeout.toSeconds(), new TreeSet<>(behind.values())));
                }
                if (!behind.isEmpty() && now - loggedAt > LOG_INTERVAL.toNanos()) {
                    LOG.info("waiting for the application: {}", new TreeSet<>(behind.values()));
                    loggedAt = now;
                }
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        }
    }

    /** The partitions with records left, each with a description; at least one of them where there are any. */
    private static Map<TopicPartition, String> behind(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, Long> from = new HashMap<>();
        for (TopicPartition partition : partitions) {
            from.put(partition, Math.max(starts.get(partition), committed.getOrDefault(partition, 0L)));
        }
        ends.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
        Map<TopicPartition, String> behind = new HashMap<>();
        for (TopicPartition partition : withRecords(consumer, from, ends)) {
            behind.put(
                    partition,
                    "%s at %s of %d".formatted(partition, committed.getOrDefault(partition, 0L), ends.get(partition)));
        }
        return behind;
    }

    /** Those of the partitions with an end in which a record stands from the offset on; stops at the first found. */
    private static Collection<TopicPartition> withRecords(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
        long deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
        while (ends.keySet().stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                return records.partitions();
            }
            if (System.nanoTime() > deadline) {
                return ends.keySet();
            }
        }
        return List.of();
    }
}
