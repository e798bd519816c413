package dev.kombo.query.shopper;

import dev.kombo.engine.shopper.ShopperReader;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.source.LocalStore;
import dev.kombo.query.source.QuerySources.Profiles;
import dev.kombo.query.source.StoreReading;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.Partitioning;
import dev.kombo.topology.task.StoreNames;
import org.apache.kafka.streams.KafkaStreams;

/** Reads profiles from the stores of this instance. */
public final class LocalProfiles implements Profiles {
    /**
     * An offer may close between the reads of two stores; the next attempt no longer finds it open. Copies on a standby
     * may disagree for longer.
     */
    private static final int ATTEMPTS = 5;

    private final LocalStore<byte[]> profiles;
    private final LocalStore<byte[]> histories;
    private final LocalStore<byte[]> offers;
    private final ShopperReader reader;
    private final int partitions;

    public LocalProfiles(KafkaStreams streams, EngineContext engine) {
        this.profiles = new LocalStore<>(streams, StoreNames.USER_PROFILE);
        this.histories = new LocalStore<>(streams, StoreNames.USER_HISTORY);
        this.offers = new LocalStore<>(streams, StoreNames.USER_OFFER);
        this.reader = new ShopperReader(engine.settings());
        this.partitions = engine.topics().partitions();
    }

    @Override
    public StoreReading<ShopperState> find(String shopperKey) {
        int partition = Partitioning.partitionOf(ShopperKey.idOf(shopperKey), partitions);
        for (int attempt = 1; ; attempt++) {
            StoreReading<byte[]> stored = profiles.read(partition, store -> store.get(shopperKey));
            try {
                return new StoreReading<>(profile(shopperKey, partition, stored.value()), stored.stale());
            } catch (ShopperReader.OfferGoneException e) {
                if (attempt == ATTEMPTS) {
                    throw ApiException.unavailable(
                            "state-unavailable",
                            "the stores of partition " + partition + " are apart: " + e.getMessage());
                }
            }
        }
    }

    private ShopperState profile(String shopperKey, int partition, byte[] stored) {
        return stored == null
                ? null
                : reader.readAll(
                        shopperKey,
                        stored,
                        key -> histories
                                .read(partition, store -> store.get(key))
                                .value(),
                        key -> offers.read(partition, store -> store.get(key)).value());
    }
}
