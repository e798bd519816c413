package dev.kombo.engine.shopper;

import dev.kombo.attribution.Outcome;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.engine.event.EventOutputs.NewOffer;
import dev.kombo.engine.event.EventOutputs.RankedExample;
import dev.kombo.engine.task.Output;
import dev.kombo.profile.EventRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the shopper task emits. */
public sealed interface ShopperOutput extends Output {
    /**
     * An offer was made.
     *
     * @param shopperId plain id of the user or session
     */
    record OfferMade(@Nullable String shopperId, NewOffer offer, long time) implements ShopperOutput {}

    /**
     * The latest offer of a shopper at a placement.
     *
     * @param key of shopper and placement
     * @param offer null: there is none any more
     */
    record CurrentOffer(String key, @Nullable NewOffer offer, long time) implements ShopperOutput {}

    /**
     * What became of offers, and of the shoppers of an experiment.
     *
     * @param outcomes in the order in which they happened
     */
    record OutcomesFound(String experiment, List<Outcome> outcomes, long time) implements ShopperOutput {}

    /** Something to be counted of an item or bundle. */
    record EntityChanged(String entity, EntityUpdate update, long time) implements ShopperOutput {}

    /** An example for the ranker. */
    record RankerExampleMade(RankedExample example, long time) implements ShopperOutput {}

    /** An example for the conversion model. */
    record ConversionExampleMade(ConversionExample example, long time) implements ShopperOutput {}

    /** A user logged in with a session, whose state is to be merged into that of the user. */
    record SessionAsked(Login login, long time) implements ShopperOutput {}

    /**
     * The state of a session, for the user who logged in.
     *
     * @param session as {@link ShopperReader#pack} writes it
     */
    record SessionMoved(Login login, byte[] session, long time) implements ShopperOutput {}

    /** A session is to be forgotten, as its user was erased. */
    record SessionErased(String sessionId, long erasedAt, long time) implements ShopperOutput {}

    /**
     * Sessions are to be forgotten by every task, as their user was erased.
     *
     * @param sessions hashes of the ids of the sessions
     */
    record SessionsErased(long[] sessions, long erasedAt, long time) implements ShopperOutput {}

    /**
     * An event of a session belongs to the user that the session was merged into.
     *
     * @param original the event as it was read
     */
    record HandedOver(Object original, String userId, long time) implements ShopperOutput {}

    /**
     * An event or a part of it is not used.
     *
     * @param source what was read
     * @param key of the record; null: none
     * @param eventId null: unknown
     * @param original the event as it was read, for an operator; null: it is not shown
     * @param eventTime epoch milliseconds
     */
    record Rejected(
            Source source,
            @Nullable String key,
            @Nullable String eventId,
            EventRules.Violation violation,
            @Nullable Object original,
            long eventTime,
            long time)
            implements ShopperOutput {
        /** What may be rejected. */
        public enum Source {
            /** An event of a shopper. */
            EVENT,
            /** A request to erase a shopper. */
            ERASURE
        }
    }
}
