package dev.kombo.topology;

import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Feeds a global topic into an in-memory index that scoring reads without decoding. The index is the state: the global
 * store that Kafka Streams asks for stays empty and in memory, so that a restart reads the whole topic through this
 * processor, not only what follows a checkpoint. Runs on the global thread.
 *
 * @param <V> the topic's record
 */
final class GlobalIndexer<V> implements Processor<String, V, Void, Void> {
    private final BiConsumer<String, V> index;

    /**
     * @param index takes the key and the value, null where the key is removed
     */
    GlobalIndexer(BiConsumer<String, V> index) {
        this.index = index;
    }

    @Override
    public void process(Record<String, V> record) {
        if (record.key() != null) {
            index.accept(record.key(), record.value());
        }
    }
}
