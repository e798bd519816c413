package dev.kombo.service;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;

/**
 * The partitions that an instance was assigned last: what the group took from it since then waits for it, until
 * somebody has it. Used by one thread.
 */
final class Assigned implements Supplier<Set<TopicPartition>> {
    private final KafkaStreams streams;
    private Set<TopicPartition> latest;

    Assigned(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Returns the partitions; null before the first assignment. */
    @Override
    public Set<TopicPartition> get() {
        // A thread describes the tasks that it had when it was last running; while threads wait for an assignment, new
        // ones describe none.
        if (streams.state() == KafkaStreams.State.RUNNING) {
            latest = streams.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .map(TaskMetadata::topicPartitions)
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet());
        }
        return latest;
    }
}
