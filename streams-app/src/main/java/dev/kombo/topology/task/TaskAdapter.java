package dev.kombo.topology.task;

import dev.kombo.config.Topic;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Output;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Task;
import java.util.BitSet;
import java.util.List;
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
     * Returns the inputs that a record stands for, in order; null for a part of the record of which nothing is to be
     * done. Each is read from the list once; one that cannot be read fails on its own.
     *
     * @param topic that the record was read from
     */
    List<I> inputs(Record<String, V> record, String topic);

    /**
     * Returns the value of a record that has only some parts of another one, as read from the topic. It is called for
     * values with more than one part.
     *
     * @param parts places of their inputs
     */
    default byte[] withOnly(BitSet parts, V value, String topic) {
        throw new IllegalStateException("records of " + topic + " have one part");
    }

    /** Name of the hook that is called before each commit of the task; null: it keeps nothing until then. */
    default String commitHook() {
        return null;
    }

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

        /** Says that somebody waits for what is sent: the commit comes as soon as the load allows. */
        void commitSoon();

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

        /**
         * Serializes a record, to be sent before the commit together with others of its sink and key.
         *
         * @param value a record with one field, which is a list
         * @throws org.apache.kafka.common.errors.SerializationException if it cannot be serialized or is too large for
         *     the topic
         */
        void sendWithCommit(String node, Topic topic, String key, SpecificRecord value);

        /**
         * Takes the value of a record, to be sent before the commit together with others of its sink and key.
         *
         * @param value bytes that others may follow
         * @throws org.apache.kafka.common.errors.SerializationException if it is too large for the topic
         */
        void sendWithCommit(String node, Topic topic, String key, byte[] value);
    }

    /**
     * How often a task works by the clock.
     *
     * @param intervalMillis time between two calls of {@link Task#tick}
     * @param rests whether the calls become rare while there is nothing to do
     */
    record Cadence(long intervalMillis, boolean rests) {}
}
