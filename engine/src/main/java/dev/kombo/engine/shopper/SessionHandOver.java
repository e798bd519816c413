package dev.kombo.engine.shopper;

import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.engine.event.Logins;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;

/**
 * Merges a session into the user who logged in. The session's task removes the session's state and sends it to the
 * user; if there is none, because it was already merged or the session never did anything, it sends nothing. The user's
 * task merges the state. Each step removes and sends, or reads and stores, in one transaction, so the session's state
 * is in one place at any time. What the session did before, but its task reads later, goes to the user as well.
 */
final class SessionHandOver {
    private final Shoppers shoppers;
    private final Logins logins;
    private final CurrentOffers current;
    private final MaintenanceDeadlines deadlines;
    private final ShopperOutputs outputs;
    private final Counters counters;

    SessionHandOver(
            Shoppers shoppers,
            Logins logins,
            CurrentOffers current,
            MaintenanceDeadlines deadlines,
            ShopperOutputs outputs,
            Counters counters) {
        this.shoppers = shoppers;
        this.logins = logins;
        this.current = current;
        this.deadlines = deadlines;
        this.outputs = outputs;
        this.counters = counters;
    }

    /** Sends what a session of this task holds to the user. */
    void handOver(ShopperInput.SessionAsked asked) {
        outputs.begin(asked.time());
        Login login = asked.login();
        String key = ShopperKey.ofSession(login.sessionId());
        ShopperState session = shoppers.find(key);
        if (session == null) {
            shoppers.merged().add(login.sessionId(), login.userId(), login.time());
            counters.count(KomboMetric.SESSIONS_LINKED, "empty");
            return;
        }
        // Emitted first: state that cannot be sent is not deleted.
        outputs.move(login, shoppers.reader().pack(session));
        current.endAll(key, session, outputs);
        shoppers.merged().add(login.sessionId(), login.userId(), login.time());
        shoppers.forget(key, session);
        counters.count(KomboMetric.SESSIONS_LINKED, "moved");
    }

    /** Merges what a session held into its user, whom this task owns. */
    void absorb(ShopperInput.SessionMoved moved) {
        Login login = moved.login();
        outputs.begin(login.time());
        String key = ShopperKey.ofUser(login.userId());
        ShopperState user = shoppers.find(key);
        if (user == null || shoppers.erased().since(key, user, login.time()) != ErasedUsers.NEVER) {
            // The user was erased meanwhile, and so was the session.
            counters.count(KomboMetric.SESSIONS_LINKED, "erased");
            return;
        }
        ShopperState session = shoppers.reader().unpack(ShopperKey.ofSession(login.sessionId()), moved.session());
        logins.absorb(login, user, session, outputs);
        current.endClosed(key, user, outputs);
        outputs.complete();
        shoppers.save(key, user, deadlines, login.time());
    }
}
