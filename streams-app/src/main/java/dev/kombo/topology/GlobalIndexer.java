package dev.kombo.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Feeds a global topic into an in-memory index that scoring reads without decoding. The index is the state: the global
 * store that Kafka Streams asks for stays empty and in memory, so that a restart reads the whole topic through this
 * processor, not only what follows a checkpoint. Runs on the global thread.
 *
 * @param <V> the topic's record
 */
final class GlobalIndexer<V> implements Processor<String, V, Void, Void> {
    private final Index<V> index;
    private ProcessorContext<Void, Void> context;

    /** Takes what the topic says. */
    @FunctionalInterface
    interface Index<V> {
        /**
         * Takes a record.
         *
         * @param value null where the key is removed
         */
        void accept(String key, V value, Arrival arrival);
    }

    /**
     * When and where a record came in.
     *
     * @param systemTime the machine's clock, epoch milliseconds
     * @param recordTime the record's timestamp, epoch milliseconds
     * @param offset the record's offset
     */
    record Arrival(long systemTime, long recordTime, long offset) {}

    GlobalIndexer(Index<V> index) {
        this.index = index;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, V> record) {
        if (record.key() != null) {
            long offset = context.recordMetadata().map(RecordMetadata::offset).orElse(0L);
            index.accept(
                    record.key(),
                    record.value(),
                    new Arrival(context.currentSystemTimeMs(), record.timestamp(), offset));
        }
    }
}
