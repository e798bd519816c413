package dev.kombo.query.shopper;

import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.cluster.Owners;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.QuerySources;
import dev.kombo.query.source.StoreReading;
import dev.kombo.topology.task.Partitioning;
import dev.kombo.topology.task.StoreNames;
import java.util.function.Function;

/** Finds shoppers, on whichever instance they are. */
public final class Shoppers {
    private final QuerySources sources;
    private final Owners owners;

    public Shoppers(QuerySources sources, Owners owners) {
        this.sources = sources;
        this.owners = owners;
    }

    /**
     * A shopper who was found.
     *
     * @param id user id, or session id
     * @param session whether the id is a session's
     * @param shopper the shopper's state
     * @param stale whether the state may be behind
     */
    public record Found(String id, boolean session, ShopperState shopper, boolean stale) {
        /** The key created by {@link ShopperKey}. */
        String key() {
            return keyOf(id, session);
        }
    }

    /** Returns the response of the instance that owns a shopper. */
    public ApiResponse answer(Request request, String id, boolean session, Function<Found, Object> view) {
        int partition = Partitioning.partitionOf(id, sources.engine().topics().partitions());
        return owners.answer(request, StoreNames.USER_PROFILE, partition, () -> {
            Found found = find(id, session);
            return EndpointHelpers.withStaleness(view.apply(found), found.stale());
        });
    }

    private Found find(String id, boolean session) {
        StoreReading<ShopperState> read = sources.profiles().find(keyOf(id, session));
        String kind = session ? "session" : "user";
        if (read.value() == null && read.stale()) {
            // The copy may be behind, so a missing shopper means nothing.
            throw ApiException.unavailable(
                    "state-unavailable", "the owner cannot be asked for the " + kind + " " + id + " now");
        }
        if (read.value() == null) {
            throw ApiException.unknown(kind, id);
        }
        return new Found(id, session, read.value(), read.stale());
    }

    private static String keyOf(String id, boolean session) {
        return session ? ShopperKey.ofSession(id) : ShopperKey.ofUser(id);
    }

    /**
     * Returns the requested time, or now: the shop's time, which advances with the machine's clock. An instance that
     * has accepted no event yet knows only the time of the shopper's last event.
     */
    public long momentOf(Request request, Found shopper) {
        Long at = request.number("at");
        if (at != null) {
            return at;
        }
        long lastSeen = shopper.shopper().behavior().lastSeen();
        return Math.max(lastSeen, sources.models().time().at(sources.clock().now(), lastSeen));
    }
}
