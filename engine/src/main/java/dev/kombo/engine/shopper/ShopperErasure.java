package dev.kombo.engine.shopper;

import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Partitions;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Erases shoppers: deletes the profile, with preferences, history and open offers, and ignores earlier events that
 * arrive later. A user is erased with the sessions recently linked to the user. Published records remain until
 * retention deletes them, except for the current offer, which ends. Not thread-safe.
 */
final class ShopperErasure {
    private static final int SLICE = 1_000;

    private final Shoppers shoppers;
    private final ShopperOutputs outputs;
    private final CurrentOffers current;
    private final Isolation failures;
    private final Partitions partitions;
    private final Counters counters;

    ShopperErasure(
            Shoppers shoppers,
            ShopperOutputs outputs,
            CurrentOffers current,
            Isolation failures,
            Partitions partitions,
            Counters counters) {
        this.shoppers = shoppers;
        this.outputs = outputs;
        this.current = current;
        this.failures = failures;
        this.partitions = partitions;
        this.counters = counters;
    }

    /** Carries out a request of the shop, or rejects it. */
    void erase(ShopperInput.ErasureAsked request, long systemTime) {
        outputs.begin(request.time());
        boolean user = named(request.userId());
        String id = user ? request.userId() : named(request.sessionId()) ? request.sessionId() : null;
        if (id == null) {
            outputs.reject(
                    request,
                    new EventRules.Violation("userId", "no-shopper", "the request names neither a user nor a session"));
            return;
        }
        int owner = partitions.of(id);
        if (owner != partitions.own()) {
            outputs.reject(
                    request,
                    new EventRules.Violation(
                            "key",
                            "wrong-partition",
                            "partition " + partitions.own() + ", the shopper is on " + owner
                                    + ": send the request with the id as key and the Java client's partitioner"));
            return;
        }
        // A client's clock may be ahead, or count in seconds.
        boolean plausible = request.requestedAt() >= EventRules.EARLIEST && request.requestedAt() <= request.time();
        long asked = plausible ? request.requestedAt() : request.time();
        String key = user ? ShopperKey.ofUser(id) : ShopperKey.ofSession(id);
        if (!user) {
            forgetMerge(ShopperKey.hash(key), asked, systemTime);
        }
        forget(key, asked, systemTime, false);
        counters.count(KomboMetric.USERS_ERASED);
    }

    private static boolean named(@Nullable String id) {
        return id != null && !id.isBlank();
    }

    /** Forgets a session of an erased user, unless it began after the erasure. */
    void forgetSession(ShopperInput.SessionErased erased, long systemTime) {
        outputs.begin(erased.time());
        String key = ShopperKey.ofSession(erased.sessionId());
        boolean done =
                !shoppers.isStored(key) && shoppers.erased().since(key, null, erased.erasedAt()) != ErasedUsers.NEVER;
        if (!done) {
            forgetMerge(ShopperKey.hash(key), erased.erasedAt(), systemTime);
            forget(key, erased.erasedAt(), systemTime, true);
        }
    }

    /**
     * @param asked when it was requested, epoch milliseconds: nothing from before counts any more
     * @param unlessLater whether a shopper who came only after that stays
     */
    private void forget(String key, long asked, long systemTime, boolean unlessLater) {
        // First, and on its own: what is told of a shopper, or of one before, must not be dropped after the deletion.
        if (!failures.attempt(key, systemTime, () -> shoppers.erased().add(key, asked))) {
            // The earlier marker cannot be read, and would fail all that the shopper does from now on.
            shoppers.erased().replace(key, asked);
        }
        if (!failures.attempt(key, systemTime, () -> forgetReadable(key, asked, unlessLater))) {
            // The profile cannot be read: timer and visits end when they are due; what is stored is deleted now.
            shoppers.forget(key, null);
        }
    }

    /** A merge that cannot be read stays: what the session did before its erasure fails then, and does not count. */
    private void forgetMerge(long sessionHash, long asked, long systemTime) {
        failures.attempt(
                MergedSessions.marker(sessionHash),
                systemTime,
                () -> shoppers.merged().erase(sessionHash, asked));
    }

    private void forgetReadable(String key, long asked, boolean unlessLater) {
        ShopperState shopper = shoppers.find(key);
        if (unlessLater && shopper != null && shopper.behavior().firstSeen() > asked) {
            return;
        }
        if (shopper != null) {
            current.endAll(key, shopper, outputs);
            long[] sessions = shopper.sessions().hashes();
            if (sessions.length > 0) {
                // A session's task follows from its id, of which the user's state has only a hash.
                outputs.forgetSessions(sessions, asked);
            }
        }
        // The keys of timer and visits contain the id as well.
        shoppers.forget(key, shopper);
    }

    /** Forgets those of the sessions of an erased user that this task owns. */
    void forgetSessions(ShopperInput.SessionsErased erased, long systemTime) {
        outputs.begin(erased.time());
        long asked = erased.erasedAt();
        LongStream.of(erased.sessions()).forEach(hash -> forgetMerge(hash, asked, systemTime));
        String from = ShopperKey.ofSession("");
        List<String> keys;
        do {
            keys = shoppers.keys(from, SLICE);
            for (String key : keys) {
                if (!ShopperKey.isSession(key)) {
                    return;
                }
                long hash = ShopperKey.hash(key);
                if (LongStream.of(erased.sessions()).anyMatch(session -> session == hash)) {
                    forget(key, asked, systemTime, false);
                }
                from = key + '\0';
            }
        } while (keys.size() == SLICE);
    }
}
