package dev.kombo.topology;

import dev.kombo.profile.ShopperState;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.OfferLayout;
import dev.kombo.serde.ProfileLayout;
import dev.kombo.serde.ProfileMapper;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;

/** Puts a shopper together from the stores that hold what is known of one. Any thread may read. */
public final class ShopperReader {
    /** An open offer is not in its store: to a reader beside the stream thread it has just closed. */
    public static final class OfferGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OfferGoneException(String offerId) {
            super("the open offer " + offerId + " is not in the store");
        }
    }

    private final ProfileMapper mapper;
    private final ProfileLayout layout;
    private final Deserializer<UserProfile> avro;

    /** A reader for stores of an engine. */
    public ShopperReader(EngineContext engine) {
        EngineSettings settings = engine.settings();
        this.mapper = new ProfileMapper(settings.profile(), settings.attribution());
        this.layout = new ProfileLayout(settings.profile(), settings.attribution());
        this.avro = engine.serdes().value(UserProfile.class).deserializer();
    }

    /**
     * A shopper as stored.
     *
     * @param stored what {@link StoreNames#USER_PROFILE} holds; an earlier version held all in a record of Avro
     * @param histories reads from {@link StoreNames#USER_HISTORY}, when it is needed
     * @param offers reads from {@link StoreNames#USER_OFFER}, when it is needed
     */
    public ShopperState read(
            String key, byte[] stored, Function<String, UserProfile> histories, Function<String, byte[]> offers) {
        if (ProfileLayout.isAvro(stored)) {
            return mapper.toDomain(key, avro.deserialize(StoreNames.USER_PROFILE, stored));
        }
        return layout.read(key, stored, () -> mapper.history(histories.apply(key)), offer -> {
            byte[] content = offers.apply(offerKey(key, offer));
            if (content == null) {
                throw new OfferGoneException(offer);
            }
            return OfferLayout.read(content);
        });
    }

    /** All that is known of a shopper as stored. */
    public UserProfile profile(
            String key, byte[] stored, Function<String, UserProfile> histories, Function<String, byte[]> offers) {
        return mapper.toAvro(read(key, stored, histories, offers));
    }

    /** Key of an open offer. */
    static String offerKey(String shopperKey, String offerId) {
        return shopperKey + AccountKeys.SEPARATOR + offerId;
    }

    ProfileMapper mapper() {
        return mapper;
    }

    ProfileLayout layout() {
        return layout;
    }
}
