package dev.kombo.topology;

import dev.kombo.profile.ShopperState;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.ProfileMapper;
import org.apache.kafka.streams.state.KeyValueStore;

/** Shoppers of one partition, each with its timer. Touched only by the stream thread that owns the partition. */
final class ShopperStore {
    private final KeyValueStore<String, UserProfile> profiles;
    private final ProfileMapper mapper;
    private final ShopperTimers timers;

    ShopperStore(KeyValueStore<String, UserProfile> profiles, ProfileMapper mapper, ShopperTimers timers) {
        this.profiles = profiles;
        this.mapper = mapper;
        this.timers = timers;
    }

    /** The shopper, new where nothing is known. */
    ShopperState load(String key) {
        ShopperState shopper = find(key);
        return shopper == null ? mapper.create(key) : shopper;
    }

    /** The shopper, or null where nothing is known. */
    ShopperState find(String key) {
        UserProfile profile = profiles.get(key);
        return profile == null ? null : mapper.toDomain(key, profile);
    }

    /** A shopper from its stored form. */
    ShopperState decode(String key, UserProfile profile) {
        return mapper.toDomain(key, profile);
    }

    /**
     * Writes the shopper and sees to it that it is looked after in time.
     *
     * @param nextDue next thing due, epoch milliseconds; {@link Long#MAX_VALUE}: nothing
     */
    void save(String key, ShopperState shopper, long nextDue) {
        long timer = shopper.timerAt();
        boolean late = ShopperTimers.late(shopper, nextDue);
        if (late) {
            shopper.timerAt(nextDue);
        }
        // First what may fail: a profile that cannot be written leaves no timer behind.
        profiles.put(key, mapper.toAvro(shopper));
        if (late) {
            timers.move(key, timer, nextDue);
        }
    }

    /** Forgets the shopper. Its timer, if any, finds nobody and is dropped. */
    void forget(String key) {
        profiles.delete(key);
    }

    /** The shopper as stored, or null where nothing is known. */
    UserProfile stored(String key) {
        return profiles.get(key);
    }

    /** Forgets the shopper and the timer.
     *
     * @param profile the shopper as stored
     */
    void forget(String key, UserProfile profile) {
        if (profile.getTimerAt() != 0) {
            timers.remove(new ShopperTimers.Due(profile.getTimerAt(), key));
        }
        profiles.delete(key);
    }

    ShopperTimers timers() {
        return timers;
    }
}
