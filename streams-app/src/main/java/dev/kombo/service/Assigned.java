package dev.kombo.service;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** The partitions that the threads of an instance were assigned last. Used by one thread. */
final class Assigned implements Supplier<Set<TopicPartition>> {
    /** Kafka Streams puts it between the instance's client id and the number of a thread. */
    private static final String THREAD = "-StreamThread-";

    private final KafkaStreams streams;
    private Set<TopicPartition> latest;
    private String clientId;

    Assigned(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Returns the partitions; null before the first assignment. */
    @Override
    public Set<TopicPartition> get() {
        // A thread describes the tasks that it had when it was last running; while threads wait for an assignment, new
        // ones describe none.
        if (streams.state() == KafkaStreams.State.RUNNING) {
            Set<ThreadMetadata> threads = streams.metadataForLocalThreads();
            latest = threads.stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .map(TaskMetadata::topicPartitions)
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet());
            clientId = threads.stream()
                    .map(ThreadMetadata::threadName)
                    .map(name -> name.substring(0, name.lastIndexOf(THREAD)))
                    .findAny()
                    .orElse(clientId);
        }
        return latest;
    }

    /** Whether a member of the group is a thread of this instance, or one that it had. */
    boolean isOwn(String memberClientId) {
        return clientId != null && memberClientId.startsWith(clientId + THREAD);
    }
}
