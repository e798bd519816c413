package dev.kombo.topology.global;

import dev.kombo.client.SchemaRegistryException;
import dev.kombo.engine.model.Arrival;
import dev.kombo.engine.model.UnusableValueException;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.metric.LogLimit;
import dev.kombo.ops.ProcessingFailures;
import dev.kombo.ops.StoppableWait;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a global topic into an in-memory index, which scoring reads without decoding. The index is the state: the
 * global store that Kafka Streams requires stays empty and in memory, so that a restart reads the whole topic through
 * this processor, not only what follows a checkpoint. Runs on the global thread.
 *
 * <p>An unusable record is skipped, counted and logged, and the key keeps its previous value. Records are decoded here
 * and not by the source, because every instance reads them at each start, and Kafka Streams sends a record whose source
 * fails to the dead-letter topic: the global thread has no producer for that, and would end the instance. If the
 * registry does not answer, the thread waits, since it cannot be replaced.
 *
 * @param <V> the topic's record
 */
final class GlobalIndexer<V> implements Processor<String, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalIndexer.class);

    private static final long RETRY_MILLIS = 1_000;
    private static final String UNDECODABLE = "undecodable";
    private static final String INVALID = "invalid";
    private static final String FAILED = "failed";

    private final String name;
    private final Deserializer<V> values;
    private final Index<V> index;
    private final Counters counters;
    private final StoppableWait wait;
    private final LogLimit limit;
    private ProcessorContext<Void, Void> context;

    /** Receives the records of the topic. */
    @FunctionalInterface
    interface Index<V> {
        /**
         * Adds, replaces or removes the value of a key.
         *
         * @param value null removes the key
         * @throws UnusableValueException if the record makes no sense
         */
        void accept(String key, V value, Arrival arrival);
    }

    /**
     * @param name the topic's name without its prefix
     * @param wait waits for the registry
     */
    GlobalIndexer(String name, Deserializer<V> values, Index<V> index, Counters counters, StoppableWait wait) {
        this.name = name;
        this.limit = new LogLimit(LOG, name);
        this.values = values;
        this.index = index;
        this.counters = counters;
        this.wait = wait;
        // Exported as 0 before the first failure; otherwise the first increase would go unseen.
        for (String reason : new String[] {UNDECODABLE, INVALID, FAILED}) {
            counters.counter(KomboMetric.GLOBAL_DROPPED, name, reason);
        }
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        V value;
        try {
            value = record.value() == null ? null : decode(record, metadata.topic());
        } catch (RuntimeException e) {
            drop(UNDECODABLE, metadata, e);
            return;
        }
        try {
            index.accept(record.key(), value, new Arrival(context.currentSystemTimeMs(), record.timestamp()));
        } catch (UnusableValueException e) {
            drop(INVALID, metadata, e);
        } catch (RuntimeException e) {
            drop(FAILED, metadata, e);
        }
    }

    private V decode(Record<String, byte[]> record, String topic) {
        while (true) {
            try {
                V value = values.deserialize(topic, record.headers(), record.value());
                wait.over();
                return value;
            } catch (SchemaRegistryException e) {
                if (!e.retriable() || !wait.pause("the schema registry: " + e.getMessage(), RETRY_MILLIS)) {
                    throw e;
                }
                if (limit.mayLog(context.currentSystemTimeMs())) {
                    LOG.warn("Reading {} waits for the schema registry: {}", topic, e.getMessage());
                }
            }
        }
    }

    private void drop(String reason, RecordMetadata metadata, RuntimeException cause) {
        if (ProcessingFailures.infrastructureAtFault(cause)) {
            // Not the record's fault: the thread fails, and the record is read again.
            throw cause;
        }
        counters.count(KomboMetric.GLOBAL_DROPPED, name, reason);
        if (!limit.mayLog(context.currentSystemTimeMs())) {
            return;
        }
        String place = metadata.topic() + "-" + metadata.partition() + " at offset " + metadata.offset();
        if (reason.equals(FAILED)) {
            LOG.error("A record of {} is skipped because it failed", place, cause);
        } else {
            LOG.warn("A record of {} is not used because it is {}: {}", place, reason, cause.getMessage());
        }
    }
}
