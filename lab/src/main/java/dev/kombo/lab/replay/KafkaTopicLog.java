package dev.kombo.lab.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads topics with a consumer of its own each time; joins no group and commits nothing. */
public final class KafkaTopicLog implements TopicLog {
    private static final Duration POLL = Duration.ofMillis(200);

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
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long positions = -1;
            long movedAt = System.nanoTime();
            while (!reached(consumer, ends)) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> one : records) {
                    if (one.offset() < ends.get(new TopicPartition(topic, one.partition()))) {
                        reader.accept(one);
                    }
                }
                long now = System.nanoTime();
                long reached = partitions.stream().mapToLong(consumer::position).sum();
                if (reached != positions) {
                    positions = reached;
                    movedAt = now;
                } else if (now - movedAt > stallTimeout.toNanos()) {
                    throw new ReplayException("topic %s could not be read to its end: nothing came for %d s"
                            .formatted(topic, stallTimeout.toSeconds()));
                }
            }
        }
    }

    /** The partitions of a topic, of which there must be some. */
    static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new ReplayException("no such topic: " + topic);
        }
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Positions pass control markers, which end the log of a transaction and are given to nobody. */
    static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (consumer.position(end.getKey()) < end.getValue()) {
                return false;
            }
        }
        return true;
    }
}
