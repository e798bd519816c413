package dev.kombo.profile;

import dev.kombo.attribution.Amount;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.Target;

/**
 * What a session did becomes part of what the user did who logged in. Order of time and all bounds are kept, counts and
 * money are added; money in a currency that would be one too many for the user is left out. Segments of the user stay;
 * those of the session are taken over only where the user has none.
 */
public final class LoginMerge {
    private LoginMerge() {}

    /**
     * Merges a session into a user. Open orders are left to the caller: one of two must be closed.
     *
     * @param user changed in place
     * @param session changed too; not to be used afterwards
     * @param exposureWindow time after which exposures of a bundle are counted anew, milliseconds
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
        for (int i = 0; i < EventType.count(); i++) {
            EventType type = EventType.of(i);
            user.restoreCount(type, user.count(type) + session.count(type));
        }
        mergePrices(user, session);
        if (user.segments().isEmpty()) {
            user.segments(session.segments());
        }
        mergeTimes(user, session);
    }

    /** Weights are of the time last seen, so both are brought to the same. */
    private static void mergeInterests(Behavior user, Behavior session) {
        long latest = Math.max(user.lastSeen(), session.lastSeen());
        user.categories().decay(latest - user.lastSeen());
        session.categories().decay(latest - session.lastSeen());
        user.categories().absorb(session.categories());
    }

    /** What the user bought since it was put into the session's cart lies in no cart any more. */
    private static void mergeCart(Behavior user, Behavior session) {
        for (Cart.Line line : session.cart().lines().toArray(Cart.Line[]::new)) {
            if (user.purchases().lastTime(StableHash.of(Target.ofItem(line.itemId()))) >= line.addedAt()) {
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

    private static void mergePrices(Behavior user, Behavior session) {
        int count = user.logPriceCount() + session.logPriceCount();
        if (session.logPriceCount() > 0) {
            double step = (session.logPriceMean() - user.logPriceMean()) * session.logPriceCount() / count;
            user.restorePrices(user.logPriceMean() + step, count);
        }
    }

    private static void mergeTimes(Behavior user, Behavior session) {
        long first = user.firstSeen() == 0
                ? session.firstSeen()
                : session.firstSeen() == 0 ? user.firstSeen() : Math.min(user.firstSeen(), session.firstSeen());
        user.restoreTimes(first, Math.max(user.lastSeen(), session.lastSeen()), user.activeDay());
    }
}
