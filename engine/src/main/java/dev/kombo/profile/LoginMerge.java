package dev.kombo.profile;

import dev.kombo.attribution.Amount;
import dev.kombo.entity.Entity;

/**
 * Merges a session's behaviour into the user who logged in. The order of time and all limits are kept; counts and money
 * are added. Money in a currency beyond the user's limit is left out. The user's segments and attributes stay; those of
 * the session are used only where the user has none.
 */
public final class LoginMerge {
    private LoginMerge() {}

    /**
     * Merges a session into a user. Open orders are left to the caller: one of two must be closed.
     *
     * @param user changed in place
     * @param session changed too; not to be used afterwards
     * @param exposureWindow time after which the count of a bundle's exposures starts again, milliseconds
     */
    public static void absorb(Behavior user, Behavior session, long exposureWindow) {
        mergeInterests(user, session);
        mergeCart(user, session);
        user.recent().absorb(session.recent());
        user.knownEvents().absorb(session.knownEvents());
        user.history().parts().purchases().absorb(session.purchases(), Long.MAX_VALUE);
        user.history().parts().holdings().absorb(session.history().parts().holdings());
        user.exposures().absorb(session.exposures(), exposureWindow);
        user.rate().absorb(session.rate());
        mergeMoney(user, session);
        session.lastOfferAt().forEach((placement, time) -> user.lastOfferAt().merge(placement, time, Math::max));
        if (user.segments().isEmpty()) {
            user.segments(session.segments());
        }
        user.levels().absorb(session.levels());
        user.absorbCounts(session);
    }

    /** Brings the weights, which are of the time last seen, to a common time. */
    private static void mergeInterests(Behavior user, Behavior session) {
        long latest = Math.max(user.lastSeen(), session.lastSeen());
        user.categories().decay(latest - user.lastSeen());
        session.categories().decay(latest - session.lastSeen());
        user.categories().absorb(session.categories());
    }

    /** Items that the user bought after they were put into the session's cart are removed. */
    private static void mergeCart(Behavior user, Behavior session) {
        for (Cart.Line line : session.cart().lines().toArray(Cart.Line[]::new)) {
            if (user.purchases().lastTime(Entity.hashOfItem(line.itemId())) >= line.addedAt()) {
                session.cart().remove(line.itemId(), line.quantity());
            }
        }
        user.cart().absorb(session.cart());
    }

    private static void mergeMoney(Behavior user, Behavior session) {
        session.spend().forEach((currency, spent) -> {
            if (user.spend().size() < EventRules.MOST_CURRENCIES || user.spend().containsKey(currency)) {
                user.spend().merge(currency, spent, Amount::sum);
            }
        });
        user.history()
                .parts()
                .revenue()
                .absorb(session.history().parts().revenue(), user.spend().keySet());
    }
}
