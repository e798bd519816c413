package dev.kombo.shop.replay;

import dev.kombo.console.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/** Reads whole topics up to their current end. */
@FunctionalInterface
public interface TopicLog {
    /**
     * Passes every record from the beginning of the topic to its end at the time of the call to the reader, in order
     * within a partition.
     *
     * @throws dev.kombo.console.CommandException if the topic does not exist or cannot be read to its end
     */
    void read(String topic, IsolationLevel isolation, Consumer<ConsumerRecord<byte[], byte[]>> reader);

    /**
     * Reads with a new consumer each time; joins no group and commits nothing.
     *
     * @param consumers creates a consumer of the isolation level, without a group; closed after use
     * @param stallTimeout reading fails after this long without progress
     */
    static TopicLog of(
            Function<IsolationLevel, org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers,
            Duration stallTimeout) {
        return (topic, isolation, reader) -> {
            try (var consumer = consumers.apply(isolation)) {
                TopicReader.readAll(consumer, List.of(topic), stallTimeout, reader);
            }
        };
    }

    /** Number of committed records of a topic. */
    default long records(String topic) {
        long[] count = {0};
        read(topic, IsolationLevel.READ_COMMITTED, any -> count[0]++);
        return count[0];
    }
}
