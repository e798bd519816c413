package dev.kombo.topology.task;

import dev.kombo.engine.task.Partitions;

/**
 * The partitions of a topic, to which keys belong as the Java client assigns them.
 *
 * @param count number of partitions
 * @param own the partition of a stream task
 */
public record KafkaPartitions(int count, int own) implements Partitions {
    @Override
    public int of(String key) {
        return Partitioning.partitionOf(key, count);
    }
}
