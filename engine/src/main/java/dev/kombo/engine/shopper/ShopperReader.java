package dev.kombo.engine.shopper;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.task.CompositeKey;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.History;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a shopper's state from the stores that hold its parts. Any thread may read; only the thread of the
 * shopper's task writes.
 */
public final class ShopperReader {
    /**
     * Thrown if an open offer is not in its store. If a thread other than the task's reads, the offer has just closed.
     */
    public static final class OfferGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OfferGoneException(String offerId) {
            super("the open offer " + offerId + " is not in the store");
        }
    }

    private static final byte[] NOTHING = {};

    private final ProfileLimits limits;
    private final AttributionSettings attribution;
    private final FlatWriter out = new FlatWriter();
    private final FlatWriter packed = new FlatWriter();

    public ShopperReader(EngineSettings settings) {
        this(settings.profile(), settings.attribution());
    }

    public ShopperReader(ProfileLimits limits, AttributionSettings attribution) {
        this.limits = limits;
        this.attribution = attribution;
    }

    /** Returns the empty state of an unknown shopper. */
    public ShopperState create(String key) {
        Behavior behavior = new Behavior(limits);
        LedgerState credit = behavior.history().parts().credit();
        return new ShopperState(behavior, new OfferLedger(attribution, ShopperKey.shopper(key), credit), null, 0);
    }

    /**
     * Returns a shopper as stored; history and offers are read when first needed.
     *
     * @param profile the stored profile
     * @param history reads stored histories
     * @param offer reads stored offers
     * @throws IllegalArgumentException if a later version wrote it in an unknown layout
     */
    public ShopperState read(
            String key,
            byte[] profile,
            Function<String, byte @Nullable []> history,
            Function<String, byte @Nullable []> offer) {
        History kept = new History(() -> history(history.apply(key)));
        OfferLedger ledger = new OfferLedger(
                attribution,
                ShopperKey.shopper(key),
                () -> kept.parts().credit(),
                id -> content(id, offer.apply(offerKey(key, id))));
        ShopperState shopper = new ShopperState(new Behavior(limits, kept), ledger, null, 0);
        shopper.fields(new FlatReader(profile));
        return shopper;
    }

    private History.Parts history(byte @Nullable [] stored) {
        History.Parts nothing = new History.Parts(limits);
        return stored == null ? nothing : nothing.fields(new FlatReader(stored));
    }

    private static OpenOffer.Content content(String id, byte @Nullable [] stored) {
        if (stored == null) {
            throw new OfferGoneException(id);
        }
        return OpenOffer.Content.read(new FlatReader(stored));
    }

    /** Returns a shopper as stored, with history and offers already read. */
    public ShopperState readAll(
            String key,
            byte[] profile,
            Function<String, byte @Nullable []> history,
            Function<String, byte @Nullable []> offer) {
        ShopperState shopper = read(key, profile, history, offer);
        shopper.behavior().history().parts();
        shopper.ledger().offers().forEach(OpenOffer::content);
        return shopper;
    }

    /** Returns a profile as stored. */
    public byte[] profile(ShopperState shopper) {
        shopper.fields(out.clear());
        return out.toBytes();
    }

    /** Returns a history as stored. */
    public byte[] history(History.Parts history) {
        history.fields(out.clear());
        return out.toBytes();
    }

    /** Returns an open offer as stored. */
    public byte[] offer(OpenOffer offer) {
        offer.content().fields(out.clear());
        return out.toBytes();
    }

    /** Serializes the complete state of a shopper. */
    public byte[] pack(ShopperState shopper) {
        List<OpenOffer> open = shopper.ledger().offers();
        packed.clear();
        packed.bytes(profile(shopper));
        packed.bytes(history(shopper.behavior().history().parts()));
        packed.size(open.size());
        for (OpenOffer offer : open) {
            packed.text(offer.offerId());
            packed.bytes(offer(offer));
        }
        return packed.toBytes();
    }

    /** Restores a shopper from a state packed by another task: its offers are not in a store here. */
    public ShopperState unpack(String key, byte[] bytes) {
        FlatReader in = new FlatReader(bytes);
        byte[] profile = in.bytes(NOTHING);
        byte[] history = in.bytes(NOTHING);
        Map<String, byte[]> open = new HashMap<>();
        for (int left = in.size(0); left > 0; left--) {
            open.put(offerKey(key, in.text("")), in.bytes(NOTHING));
        }
        ShopperState shopper = read(key, profile, any -> history, open::get);
        shopper.ledger().offers().forEach(OpenOffer::move);
        return shopper;
    }

    /** The key of an open offer among all stored offers. */
    public static String offerKey(String shopperKey, String offerId) {
        return shopperKey + CompositeKey.SEPARATOR + offerId;
    }
}
