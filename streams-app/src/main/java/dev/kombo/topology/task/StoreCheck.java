package dev.kombo.topology.task;

import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;

/** Checks a store when a task opens it and when it is restored, before the task reads its first event. */
public interface StoreCheck {
    /** Believes what stores say. */
    StoreCheck NONE = new StoreCheck() {
        @Override
        public void opened(
                TaskId task, String store, TopicPartition changelog, Long offset, Function<Bytes, byte[]> values) {}

        @Override
        public void restorationStarts(TopicPartition changelog, String store, long first) {}
    };

    /**
     * Called when a task has opened a store.
     *
     * @param task the task
     * @param store the store's name
     * @param changelog the partition of the store's changelog
     * @param offset offset of the last record of the changelog that the store says it holds; null if it holds none
     * @param values the value that the store has for a key, both as in the changelog; null if it has none
     * @throws org.apache.kafka.streams.errors.TaskCorruptedException if the store does not hold what was committed;
     *     Kafka Streams then deletes the stores of the task, and restores them from their changelogs
     * @throws org.apache.kafka.common.errors.TimeoutException if a broker does not answer; Kafka Streams opens the
     *     store again later
     */
    void opened(TaskId task, String store, TopicPartition changelog, Long offset, Function<Bytes, byte[]> values);

    /**
     * Called before an opened store is restored, or before a standby begins to follow its changelog.
     *
     * @param changelog the partition of the store's changelog
     * @param store the store's name
     * @param first offset of the changelog at which the restoration begins
     * @throws org.apache.kafka.streams.errors.StreamsException if it leaves out records that the store did not hold
     *     when it was opened; Kafka Streams then opens the tasks of the thread again
     */
    void restorationStarts(TopicPartition changelog, String store, long first);
}
