package dev.kombo.query;

import dev.kombo.schema.UserProfile;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Profiles of the shoppers whose partitions this instance owns. */
public final class StoreProfiles implements Profiles {
    private final KafkaStreams streams;
    private final String store;

    public StoreProfiles(KafkaStreams streams, String store) {
        this.streams = streams;
        this.store = store;
    }

    @Override
    public UserProfile find(String shopperKey) {
        try {
            return streams.store(StoreQueryParameters.fromNameAndType(
                            store, QueryableStoreTypes.<String, UserProfile>keyValueStore()))
                    .get(shopperKey);
        } catch (InvalidStateStoreException e) {
            throw new StateUnavailableException("the store " + store + " cannot be read: " + e.getMessage(), e);
        }
    }
}
