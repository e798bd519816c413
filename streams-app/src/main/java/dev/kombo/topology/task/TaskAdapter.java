package dev.kombo.topology.task;

import dev.kombo.config.Topic;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Output;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Task;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Connects one task of the engine to Kafka: says in which stores its tables are, what its inputs are as records, and
 * where its outputs go. One object serves all stream tasks of an instance, and is thread-safe.
 *
 * @param <V> values of the records that the task reads
 * @param <I> inputs of the task
 * @param <O> outputs of the task
 */
public interface TaskAdapter<V, I, O extends Output> {
    /**
     * Creates the task of one partition.
     *
     * @param context has the stores
     * @param isolation also takes back what a key whose work failed has emitted
     */
    Task<I> task(ProcessorContext<?, ?> context, Outputs<O> outputs, Isolation isolation);

    /** What the keys stand for that the task isolates from each other, as the metric names it; null: it does not. */
    default String isolates() {
        return null;
    }

    /**
     * Returns the input that a record stands for; null if there is nothing to do.
     *
     * @param topic that the record was read from
     */
    I input(Record<String, V> record, String topic);

    /** Sends an output as one or more records. */
    void send(O output, Sender sender);

    /** When the task works by the clock; null: never. */
    default Cadence cadence() {
        return null;
    }

    /** Takes the records that an output is sent as. */
    interface Sender {
        /** The machine's clock, epoch milliseconds. */
        long systemTime();

        /**
         * Serializes a record, to be sent with the time of the output.
         *
         * @param node the sink
         * @param topic the topic that the sink writes
         * @param value null: what has the key is removed
         * @throws org.apache.kafka.common.errors.SerializationException if it cannot be serialized or is too large for
         *     the topic
         */
        void send(String node, Topic topic, String key, SpecificRecord value);
    }

    /**
     * How often a task works by the clock.
     *
     * @param intervalMillis time between two calls of {@link Task#tick}
     * @param rests whether the calls become rare while there is nothing to do
     */
    record Cadence(long intervalMillis, boolean rests) {}
}
