package dev.kombo.query;

import dev.kombo.profile.ShopperKey;
import dev.kombo.schema.UserProfile;
import dev.kombo.topology.Partitioning;
import dev.kombo.topology.StoreNames;
import org.apache.kafka.streams.KafkaStreams;

/** Profiles in the store of this instance. */
public final class StoreProfiles implements Profiles {
    private final LocalStore<UserProfile> profiles;
    private final int partitions;

    /**
     * @param partitions number of partitions of the shoppers
     */
    public StoreProfiles(KafkaStreams streams, int partitions) {
        this.profiles = new LocalStore<>(streams, StoreNames.USER_PROFILE);
        this.partitions = partitions;
    }

    @Override
    public Reading<UserProfile> find(String shopperKey) {
        int partition = Partitioning.partitionOf(ShopperKey.idOf(shopperKey), partitions);
        return profiles.read(partition, store -> store.get(shopperKey));
    }
}
