package dev.kombo.lab.shop;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Looks at topics through a consumer. */
final class Partitions {
    private Partitions() {}

    /** The partitions of a topic; empty where it does not exist. */
    static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null) {
            return List.of();
        }
        return found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** The partitions of a topic that must exist. */
    static List<TopicPartition> existing(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = of(consumer, topic);
        if (partitions.isEmpty()) {
            throw new ShopException("The topic " + topic + " does not exist; create the topics first", null);
        }
        return partitions;
    }

    /** Records ever written to a topic, compacted ones and transaction markers included. */
    static long recordsWritten(Consumer<?, ?> consumer, String topic) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(of(consumer, topic));
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }
}
