package dev.kombo.lab.replay;

import dev.kombo.cli.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Reads topics with a consumer of its own each time; joins no group and commits nothing. */
public final class KafkaTopicLog implements TopicLog {
    private final Function<IsolationLevel, Consumer<byte[], byte[]>> consumers;
    private final Duration stallTimeout;

    /**
     * @param consumers makes a consumer of the isolation level, without a group; closed after use
     * @param stallTimeout without any progress for so long, reading fails
     */
    public KafkaTopicLog(Function<IsolationLevel, Consumer<byte[], byte[]>> consumers, Duration stallTimeout) {
        this.consumers = consumers;
        this.stallTimeout = stallTimeout;
    }

    @Override
    public void read(
            String topic,
            IsolationLevel isolation,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (Consumer<byte[], byte[]> consumer = consumers.apply(isolation)) {
            List<TopicPartition> partitions = TopicReader.partitions(consumer, topic);
            TopicReader.read(
                    consumer,
                    consumer.beginningOffsets(partitions),
                    consumer.endOffsets(partitions),
                    stallTimeout,
                    reader);
        }
    }
}
