package dev.kombo.topology.task;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;

/**
 * A RocksDB store that is checked when a task opens it. It extends a class that is internal to Kafka Streams, since a
 * store that delegates would stand between the task and each read and write.
 */
public final class CheckedStore extends RocksDBStore {
    private static final String METRICS_SCOPE = "rocksdb";

    private final StoreCheck check;

    private CheckedStore(String name, StoreCheck check) {
        super(name, METRICS_SCOPE);
        this.check = check;
    }

    /** Kafka Streams asks for the offset once, between opening the store and restoring it. */
    @Override
    public Long committedOffset(TopicPartition changelog) {
        Long offset = super.committedOffset(changelog);
        // A negative offset stands for a store that nothing was written to.
        Long held = offset == null || offset < 0 ? null : offset;
        check.opened(context.taskId(), name(), changelog, held, this::get);
        return offset;
    }

    /** Supplies stores of one name. */
    public static KeyValueBytesStoreSupplier supplier(String name, StoreCheck check) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new CheckedStore(name, check);
            }

            @Override
            public String metricsScope() {
                return METRICS_SCOPE;
            }
        };
    }
}
