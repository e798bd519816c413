package dev.kombo.shop.kafka;

import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import dev.kombo.shop.process.Patience;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until an application has processed everything: no partition that it reads has a record behind the offset that
 * its group committed.
 *
 * <p>Under exactly-once the log ends with the control markers of transactions, which no consumer receives and no
 * committed offset covers, so an offset below the end does not mean that work is left: a consumer reads from there, and
 * only a record that it receives is work left. Outputs to repartition topics become visible together with the offsets
 * of their inputs; two clean checks in a row are required all the same, as punctuators write at their own times.
 */
public final class ConsumerGroupDrain {
    /** Checks in a row that must find nothing left. */
    private static final int CLEAN_CHECKS = 2;

    private static final long BETWEEN_CHECKS_MILLIS = 200;

    /** How long a check waits for a record that may be left. */
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

    private final Supplier<Map<TopicPartition, Long>> committedOffsets;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Collection<String> topics;
    private final Patience patience;

    /**
     * A wait for one application.
     *
     * @param committedOffsets the offsets that the group committed last; partitions may be missing
     * @param consumers creates a {@code read_committed} consumer without a group; closed after use
     * @param topics the topics that the group reads, internal repartition topics included, global ones excluded
     * @param patience how long to wait while records are left and no committed offset moves
     */
    public ConsumerGroupDrain(
            Supplier<Map<TopicPartition, Long>> committedOffsets,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Collection<String> topics,
            Patience patience) {
        this.committedOffsets = committedOffsets;
        this.consumers = consumers;
        this.topics = topics;
        this.patience = patience;
    }

    /** As above; the wait fails if no committed offset has moved for so long while records are left. */
    public ConsumerGroupDrain(
            Supplier<Map<TopicPartition, Long>> committedOffsets,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Collection<String> topics,
            Duration stallTimeout) {
        this(committedOffsets, consumers, topics, Patience.upTo(stallTimeout, () -> {}));
    }

    /**
     * Returns when everything is processed.
     *
     * @param snapshot taken at the first of the clean checks, so that the time of the second is not counted
     * @return the snapshot
     * @throws CommandException if the application makes no progress
     */
    public <T> T drained(Supplier<T> snapshot) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = TopicReader.partitions(consumer, topics);
            Patience.Watch watch = patience.watch("the application has committed all records");
            T taken = null;
            for (int clean = 0; clean < CLEAN_CHECKS; Thread.sleep(BETWEEN_CHECKS_MILLIS)) {
                Map<TopicPartition, Long> committed = committedOffsets.get();
                List<String> behind = behind(consumer, partitions, committed);
                clean = behind.isEmpty() ? clean + 1 : 0;
                if (clean == 1) {
                    taken = snapshot.get();
                }
                if (clean == 0) {
                    watch.observe(committed, () -> behind);
                }
            }
            return taken;
        }
    }

    /** Returns partitions with records left, for people; at least one of them if there are any. */
    private static List<String> behind(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> from = new HashMap<>(consumer.beginningOffsets(partitions));
        from.replaceAll((partition, start) -> Math.max(start, committed.getOrDefault(partition, 0L)));
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        ends.entrySet().removeIf(end -> from.get(end.getKey()) >= end.getValue());
        return withRecords(consumer, from, ends).stream()
                .map(one -> "%s at %d of %d".formatted(one, committed.getOrDefault(one, 0L), ends.get(one)))
                .sorted()
                .toList();
    }

    private static Collection<TopicPartition> withRecords(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        try {
            return TopicReader.first(consumer, from, ends, LONGEST_CHECK).partitions();
        } catch (CommandException openTransaction) {
            return ends.keySet();
        }
    }
}
