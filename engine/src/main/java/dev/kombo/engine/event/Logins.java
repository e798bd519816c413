package dev.kombo.engine.event;

import dev.kombo.attribution.LedgerResult;
import dev.kombo.profile.LoginMerge;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;

/**
 * Merges sessions into the users who log in. An event that names both belongs to the user and requests the session's
 * state; the owner of the session removes it and hands it over, so that it is merged once, however often it is
 * requested.
 */
public final class Logins {
    private final OrderCollector orders;
    private final long exposureMillis;
    private final EngagementLearner engagement;

    /**
     * @param exposureMillis time after which the count of a bundle's exposures starts again
     * @param engagement learns from feedback left by a session
     */
    public Logins(OrderCollector orders, long exposureMillis, EngagementLearner engagement) {
        this.orders = orders;
        this.exposureMillis = exposureMillis;
        this.engagement = engagement;
    }

    /** Requests the state of the session in a user's event, if the session is new or was not seen for a while. */
    void note(ShopperState shopper, ShopperEvent event, EventOutputs outputs) {
        String session = event.sessionId();
        if (event.userId() != null
                && session != null
                && !session.isBlank()
                && shopper.sessions().link(session, event.time())) {
            outputs.emit(new EventOutputs.Login(event.userId(), session, event.eventId(), event.time()));
        }
    }

    /**
     * Merges a session into its user: behaviour, cart, open order, and offers with their feedback. The user's own arm
     * and factors stay.
     *
     * @param user changed in place
     * @param session changed too; to be deleted afterwards
     */
    public void absorb(EventOutputs.Login login, ShopperState user, ShopperState session, EventOutputs outputs) {
        LoginMerge.absorb(user.behavior(), session.behavior(), exposureMillis);
        LedgerResult result = user.ledger().absorb(session.ledger().state(), login.eventId(), login.time());
        outputs.ledger(login.userId(), result);
        OutcomeTracker.observe(user, result);
        if (!user.behavior().rate().robotAt(login.time())) {
            engagement.observe(result, user.behavior().exposures(), outputs);
        }
        orders.absorb(user, session.behavior().order(), outputs);
        user.sessions().answered(login.sessionId());
    }
}
