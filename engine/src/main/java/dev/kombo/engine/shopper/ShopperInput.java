package dev.kombo.engine.shopper;

import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.profile.ShopperEvent;
import org.jspecify.annotations.Nullable;

/** What the shopper task reads. */
public sealed interface ShopperInput {
    /** Time of the record that carries it, epoch milliseconds. */
    long time();

    /**
     * An event of a shopper.
     *
     * @param key of the record; null: none
     * @param event null: the record is empty
     * @param original the event as it was read; passed on unchanged where the event is rejected or handed over
     */
    record Happened(
            @Nullable String key,
            @Nullable ShopperEvent event,
            @Nullable Object original,
            long time) implements ShopperInput {}

    /** The task that owns a user asks the task that owns a session for what the session holds. */
    record SessionAsked(Login login, long time) implements ShopperInput {}

    /**
     * The answer: what the session holds.
     *
     * @param session as {@link ShopperReader#pack} writes it
     */
    record SessionMoved(Login login, byte[] session, long time) implements ShopperInput {}

    /**
     * A session is to be forgotten, as its user was erased.
     *
     * @param erasedAt what the session did until then no longer counts, epoch milliseconds
     */
    record SessionErased(String sessionId, long erasedAt, long time) implements ShopperInput {}

    /**
     * Sessions are to be forgotten wherever they are, as their user was erased.
     *
     * @param sessions hashes of the ids of the sessions
     */
    record SessionsErased(long[] sessions, long erasedAt, long time) implements ShopperInput {}

    /** A request of the shop to erase a user, or a visitor without an account. */
    record ErasureAsked(
            @Nullable String key,
            @Nullable String userId,
            @Nullable String sessionId,
            long requestedAt,
            long time) implements ShopperInput {}
}
