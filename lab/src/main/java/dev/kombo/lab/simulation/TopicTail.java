package dev.kombo.lab.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic that transactions write, a piece at a time, up to its end. What a transaction wrote becomes visible on each
 * partition at a moment of its own, which may be later than its offsets: so the end that counts is that of all records,
 * committed or not. Used where no transaction is left open for long. For one thread.
 *
 * @param <T> type of the records
 */
final class TopicTail<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Consumer<String, T> committed;
    private final Consumer<?, ?> all;
    private final List<TopicPartition> partitions;

    /**
     * A reader at the beginning of a topic.
     *
     * @param committed reads committed records, without a group; closed with the reader
     * @param all sees records that are not committed; closed with the reader
     */
    TopicTail(Consumer<String, T> committed, Consumer<?, ?> all, String topic) {
        this.committed = committed;
        this.all = all;
        this.partitions = all.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        committed.assign(partitions);
        committed.seekToBeginning(partitions);
    }

    /**
     * Records up to the end of the topic at the time of the call, without those read before.
     *
     * @throws IllegalStateException when a transaction stays open
     */
    List<T> readToEnd() {
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
