package dev.kombo.topology.task;

import dev.kombo.engine.task.Table;
import dev.kombo.ops.ProcessingFailures;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A table of a task in a state store of Kafka Streams. Not thread-safe; used by the stream thread that owns the
 * partition.
 */
public final class KafkaTable<K, V> implements Table<K, V> {
    private final KeyValueStore<K, V> store;

    public KafkaTable(KeyValueStore<K, V> store) {
        this.store = store;
    }

    @Override
    public V get(K key) {
        return store.get(key);
    }

    @Override
    public void put(K key, V value) {
        store.put(key, value);
    }

    @Override
    public void delete(K key) {
        store.delete(key);
    }

    /** The iterator is closed before this returns, as a commit may follow. */
    @Override
    public boolean range(K first, K end, int most, Visitor<K, V> visitor) {
        try (KeyValueIterator<K, V> rows = store.range(first, end)) {
            for (int row = 0; rows.hasNext(); row++) {
                K key = rows.peekNextKey();
                // The range of a store includes its end.
                if (key.equals(end)) {
                    return true;
                }
                if (row == most) {
                    return false;
                }
                NextValue<K, V> value = new NextValue<>(rows);
                visitor.row(key, value);
                value.skip();
            }
            return true;
        }
    }

    /** Reads a row when its value is asked for, or skips it. */
    private static final class NextValue<K, V> implements Supplier<V> {
        private final KeyValueIterator<K, V> rows;
        private boolean read;

        NextValue(KeyValueIterator<K, V> rows) {
            this.rows = rows;
        }

        @Override
        public V get() {
            // Set first: an iterator has moved on, even if the value cannot be decoded.
            read = true;
            return rows.next().value;
        }

        /** The iterator decodes what it skips as well, and has moved on where that fails. */
        void skip() {
            if (read) {
                return;
            }
            try {
                rows.next();
            } catch (RuntimeException e) {
                if (ProcessingFailures.infrastructureAtFault(e)) {
                    throw e;
                }
            }
        }
    }
}
