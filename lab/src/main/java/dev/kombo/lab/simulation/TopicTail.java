package dev.kombo.lab.simulation;

import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import dev.kombo.lab.kafka.LabClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic that transactions write, repeatedly up to its current end. What a transaction wrote becomes visible on
 * each partition at a different time, possibly later than its offsets: so the relevant end is that of all records,
 * committed or not. It must not be used where a transaction stays open for long. Not thread-safe.
 *
 * @param <T> type of the records
 */
public final class TopicTail<T extends SpecificRecord> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Consumer<String, T> committed;
    private final Consumer<?, ?> all;
    private final List<TopicPartition> partitions;

    private TopicTail(LabClients clients, Class<T> type, String topic) {
        this.committed = clients.consumer(type);
        this.all = clients.bytes(IsolationLevel.READ_UNCOMMITTED);
        this.partitions = TopicReader.partitions(all, topic);
        committed.assign(partitions);
    }

    /**
     * A reader of a whole topic.
     *
     * @throws CommandException if the topic does not exist
     */
    public static <T extends SpecificRecord> TopicTail<T> fromTheBeginning(
            LabClients clients, Class<T> type, String topic) {
        TopicTail<T> tail = new TopicTail<>(clients, type, topic);
        tail.committed.seekToBeginning(tail.partitions);
        return tail;
    }

    /**
     * A reader of what is written from now on.
     *
     * @throws CommandException if the topic does not exist
     */
    public static <T extends SpecificRecord> TopicTail<T> fromNowOn(LabClients clients, Class<T> type, String topic) {
        TopicTail<T> tail = new TopicTail<>(clients, type, topic);
        tail.committed.seekToEnd(tail.partitions);
        // Seeking is lazy: without asking for the position, what is written before the first poll would be missed.
        tail.partitions.forEach(tail.committed::position);
        return tail;
    }

    /**
     * Returns the records up to the end of the topic at the time of the call, without those read before.
     *
     * @throws IllegalStateException if a transaction stays open
     */
    public List<T> readToEnd() {
        Map<TopicPartition, Long> ends = all.endOffsets(partitions);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        List<T> read = new ArrayList<>();
        while (!reached(ends)) {
            for (ConsumerRecord<String, T> record : committed.poll(POLL)) {
                read.add(record.value());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "waited for transactions to end on " + partitions + " for " + LONGEST.toSeconds() + " s");
            }
        }
        return read;
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (committed.position(end.getKey()) < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        try (all) {
            committed.close();
        }
    }
}
