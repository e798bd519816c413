package dev.kombo.query;

import dev.kombo.config.ServiceSettings;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.cluster.Owners;
import dev.kombo.query.http.Answer;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.Request;
import dev.kombo.topology.common.Partitioning;
import dev.kombo.topology.common.StoreNames;
import java.util.function.Function;

/** Finds shoppers, on whichever instance they are. */
final class Shoppers {
    private final QuerySources sources;
    private final Owners owners;

    Shoppers(QuerySources sources, Owners owners) {
        this.sources = sources;
        this.owners = owners;
    }

    /**
     * A shopper who was found.
     *
     * @param id user id, or session id
     * @param session whether the id is a session's
     * @param shopper what is known
     * @param stale whether there may be more
     */
    record Found(String id, boolean session, ShopperState shopper, boolean stale) {
        /** As {@link ShopperKey} makes it. */
        String key() {
            return keyOf(id, session);
        }
    }

    /** The answer that the owner of a shopper gives. */
    Answer answer(Request request, String id, boolean session, Function<Found, Object> view) {
        int partition = Partitioning.partitionOf(id, sources.engine().settings().get(ServiceSettings.TOPIC_PARTITIONS));
        return owners.answer(request, StoreNames.USER_PROFILE, partition, () -> {
            Found found = find(id, session);
            return Common.marked(view.apply(found), found.stale());
        });
    }

    private Found find(String id, boolean session) {
        Reading<ShopperState> read = sources.profiles().find(keyOf(id, session));
        String kind = session ? "session" : "user";
        if (read.value() == null && read.stale()) {
            // The copy may be behind: that it knows nobody of that name means nothing.
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
     * The moment asked for, or now: the time of the shop, which runs on with the machine's clock. An instance that has
     * accepted no event yet knows none but that of the shopper's last event.
     */
    long momentOf(Request request, Found shopper) {
        Long at = request.number("at");
        if (at != null) {
            return at;
        }
        long lastSeen = shopper.shopper().behavior().lastSeen();
        return Math.max(
                lastSeen, sources.engine().models().time().at(sources.clock().now(), lastSeen));
    }
}
