package dev.kombo.shop.kafka;

import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
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
    /** How long a transaction may stay open before a read fails. */
    private static final Duration LONGEST_READ = Duration.ofMinutes(2);

    private final Consumer<String, T> committed;
    private final Consumer<?, ?> all;
    private final List<TopicPartition> partitions;

    private TopicTail(KafkaClients clients, Class<T> type, String topic) {
        this.committed = clients.consumer(type);
        this.all = clients.bytes(IsolationLevel.READ_UNCOMMITTED);
        this.partitions = TopicReader.fromNowOn(committed, topic);
    }

    /**
     * A reader of a whole topic.
     *
     * @throws CommandException if the topic does not exist
     */
    public static <T extends SpecificRecord> TopicTail<T> fromTheBeginning(
            KafkaClients clients, Class<T> type, String topic) {
        TopicTail<T> tail = new TopicTail<>(clients, type, topic);
        tail.committed.seekToBeginning(tail.partitions);
        return tail;
    }

    /**
     * A reader of what is written from now on.
     *
     * @throws CommandException if the topic does not exist
     */
    public static <T extends SpecificRecord> TopicTail<T> fromNowOn(KafkaClients clients, Class<T> type, String topic) {
        return new TopicTail<>(clients, type, topic);
    }

    /**
     * Returns the records up to the end of the topic at the time of the call, without those read before.
     *
     * @throws CommandException if a transaction stays open
     */
    public List<T> readToEnd() {
        List<T> read = new ArrayList<>();
        TopicReader.readOn(committed, all.endOffsets(partitions), LONGEST_READ, records -> {
            records.forEach(record -> read.add(record.value()));
            return true;
        });
        return read;
    }

    @Override
    public void close() {
        try (all) {
            committed.close();
        }
    }
}
