package dev.kombo.query;

import dev.kombo.schema.ConversionReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Accounts of the experiments whose partitions this instance owns; without their bundles. */
public final class StoreReports implements Reports {
    private final KafkaStreams streams;
    private final String store;

    public StoreReports(KafkaStreams streams, String store) {
        this.streams = streams;
        this.store = store;
    }

    @Override
    public List<ConversionReport> latest() {
        List<ConversionReport> reports = new ArrayList<>();
        try (KeyValueIterator<String, ConversionReport> all = streams.store(StoreQueryParameters.fromNameAndType(
                        store, QueryableStoreTypes.<String, ConversionReport>keyValueStore()))
                .all()) {
            all.forEachRemaining(account -> reports.add(account.value));
        } catch (InvalidStateStoreException e) {
            throw new StateUnavailableException("the store " + store + " cannot be read: " + e.getMessage(), e);
        }
        return reports;
    }
}
