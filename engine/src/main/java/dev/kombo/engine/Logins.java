package dev.kombo.engine;

import dev.kombo.attribution.LedgerResult;
import dev.kombo.profile.LoginMerge;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;

/**
 * Links users with the sessions they come from. An event that names both is the user's, and asks for what the session
 * holds; whoever holds it removes it and hands it over, so that it is absorbed once, however often it is asked for.
 */
public final class Logins {
    private final Orders orders;
    private final Lifetimes lifetimes;
    private final AcceptanceExamples acceptance;

    /**
     * Logins of any number of shoppers.
     *
     * @param acceptance learns from answers that a session left
     */
    public Logins(Orders orders, Lifetimes lifetimes, AcceptanceExamples acceptance) {
        this.orders = orders;
        this.lifetimes = lifetimes;
        this.acceptance = acceptance;
    }

    /** Asks for what the session of a user's event holds, where that may be news. */
    void note(ShopperState shopper, ShopperEvent event, EventOutputs outputs) {
        String session = event.userId() == null ? null : event.sessionId();
        if (session != null && !session.isBlank() && shopper.sessions().link(session, event.time())) {
            outputs.login(new Login(event.userId(), session, event.eventId(), event.time()));
        }
    }

    /**
     * Moves what a session held to its user: behaviour, cart, open order, and offers with all that became of them. The
     * user's own arm and factors stay.
     *
     * @param user changed in place
     * @param session changed too; to be forgotten afterwards
     */
    public void absorb(Login login, ShopperState user, ShopperState session, EventOutputs outputs) {
        LoginMerge.absorb(user.behavior(), session.behavior(), lifetimes.exposureMillis());
        LedgerResult result = user.ledger().absorb(session.ledger().state(), login.eventId(), login.time());
        outputs.ledger(login.userId(), result);
        if (!user.behavior().rate().robotAt(login.time())) {
            outputs.responses(result);
            acceptance.observe(result, outputs);
        }
        orders.absorb(user, session.behavior().order(), outputs);
        user.sessions().answered(login.sessionId());
    }
}
