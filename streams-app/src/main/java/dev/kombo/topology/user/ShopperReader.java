package dev.kombo.topology.user;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.engine.EngineSettings;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.serde.FlatReader;
import dev.kombo.serde.FlatWriter;
import dev.kombo.serde.HistoryLayout;
import dev.kombo.serde.OfferLayout;
import dev.kombo.serde.ProfileLayout;
import dev.kombo.topology.common.AccountKeys;
import dev.kombo.topology.common.StoreNames;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Assembles a shopper's state from the stores that hold its parts. Any thread may read; the stream thread that owns the
 * partition writes.
 */
public final class ShopperReader {
    /**
     * Thrown if an open offer is not in its store: seen by another thread than the stream thread, it has just closed.
     */
    public static final class OfferGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OfferGoneException(String offerId) {
            super("the open offer " + offerId + " is not in the store");
        }
    }

    private final ProfileLimits limits;
    private final AttributionSettings attribution;
    private final ProfileLayout profiles;
    private final HistoryLayout histories;
    private final OfferLayout offers = new OfferLayout();
    private final FlatWriter packed = new FlatWriter();

    public ShopperReader(EngineSettings settings) {
        this(settings.profile(), settings.attribution());
    }

    public ShopperReader(ProfileLimits limits, AttributionSettings attribution) {
        this.limits = limits;
        this.attribution = attribution;
        this.profiles = new ProfileLayout(limits, attribution);
        this.histories = new HistoryLayout(limits);
    }

    /** Returns the empty state of an unknown shopper. */
    public ShopperState create(String key) {
        Behavior behavior = new Behavior(limits);
        return new ShopperState(
                behavior,
                new OfferLedger(
                        attribution,
                        ShopperKey.shopper(key),
                        behavior.history().parts().credit()),
                null,
                0);
    }

    /**
     * Returns a shopper as stored; history and offers are read when first needed.
     *
     * @param profile value in {@link StoreNames#USER_PROFILE}
     * @param history reads from {@link StoreNames#USER_HISTORY}
     * @param offer reads from {@link StoreNames#USER_OFFER}
     */
    public ShopperState read(
            String key, byte[] profile, Function<String, byte[]> history, Function<String, byte[]> offer) {
        return profiles.read(key, profile, () -> histories.read(history.apply(key)), id -> {
            byte[] content = offer.apply(offerKey(key, id));
            if (content == null) {
                throw new OfferGoneException(id);
            }
            return OfferLayout.read(content);
        });
    }

    /** Returns a shopper as stored, with history and offers already read. */
    public ShopperState readAll(
            String key, byte[] profile, Function<String, byte[]> history, Function<String, byte[]> offer) {
        ShopperState shopper = read(key, profile, history, offer);
        shopper.behavior().history().parts();
        shopper.ledger().offers().forEach(OpenOffer::content);
        return shopper;
    }

    /** Serializes the complete state of a shopper. */
    public byte[] pack(ShopperState shopper) {
        List<OpenOffer> open = shopper.ledger().offers();
        packed.clear();
        packed.blob(ByteBuffer.wrap(profiles.write(shopper)));
        packed.blob(ByteBuffer.wrap(histories.write(shopper.behavior().history().parts())));
        packed.number(open.size());
        for (OpenOffer offer : open) {
            packed.text(offer.offerId());
            packed.blob(ByteBuffer.wrap(offers.write(offer.content())));
        }
        return packed.toBytes();
    }

    /** Restores a shopper from a state packed by another task: its offers are not in a store here. */
    public ShopperState unpack(String key, ByteBuffer bytes) {
        FlatReader in = new FlatReader(bytes(bytes.duplicate()));
        byte[] profile = bytes(in.blob());
        byte[] history = bytes(in.blob());
        Map<String, byte[]> open = new HashMap<>();
        for (int left = in.count(); left > 0; left--) {
            open.put(offerKey(key, in.text()), bytes(in.blob()));
        }
        ShopperState shopper = read(key, profile, any -> history, open::get);
        shopper.ledger().offers().forEach(OpenOffer::move);
        return shopper;
    }

    private static byte[] bytes(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return bytes;
    }

    public static String offerKey(String shopperKey, String offerId) {
        return shopperKey + AccountKeys.SEPARATOR + offerId;
    }

    public ProfileLayout profiles() {
        return profiles;
    }

    public HistoryLayout histories() {
        return histories;
    }

    public OfferLayout offers() {
        return offers;
    }
}
