package dev.kombo.query.source;

import dev.kombo.query.http.ApiException;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A store of this instance, read per partition: the active copy if there is one, else any other, which may be behind.
 */
public final class LocalStore<V> {
    private final KafkaStreams streams;
    private final String name;

    public LocalStore(KafkaStreams streams, String name) {
        this.streams = streams;
        this.name = name;
    }

    /**
     * Runs a query.
     *
     * @throws ApiException 503 if this instance has no readable copy
     */
    public <R> StoreReading<R> read(int partition, Function<ReadOnlyKeyValueStore<String, V>, R> question) {
        StoreQueryParameters<ReadOnlyKeyValueStore<String, V>> active = StoreQueryParameters.fromNameAndType(
                        name, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(partition);
        try {
            return new StoreReading<>(question.apply(streams.store(active)), false);
        } catch (InvalidStateStoreException | IllegalStateException unreadable) {
            try {
                return new StoreReading<>(question.apply(streams.store(active.enableStaleStores())), true);
            } catch (InvalidStateStoreException | IllegalStateException e) {
                throw ApiException.unavailable(
                        "state-unavailable", "partition " + partition + " of " + name + " cannot be read here now");
            }
        }
    }
}
