package dev.kombo.topology.user;

import dev.kombo.engine.ShopperSettings;
import dev.kombo.engine.Upkeep;
import dev.kombo.profile.Holdings;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.settings.Millis;
import dev.kombo.topology.common.EngineSettings;

/**
 * When a shopper needs care without an event: soon, which takes a timer, or at the visit of a day, which costs nothing
 * until there is something to do ({@link ShopperVisits}). A visit tells of windows of experiments as soon as they end, as
 * they last whole days; the close of an offer, which changes nothing that anybody is credited with, waits for it, unless
 * its window is shorter than a week, or {@link CurrentOffers} go by timers.
 */
final class ShopperDues {
    private static final long LONG_WINDOW = 7 * Millis.DAY;

    private final Upkeep upkeep;
    private final long sessionExpiryMillis;
    private final long userExpiryMillis;
    private final CurrentOffers current;
    private final boolean closesAtVisits;

    ShopperDues(Upkeep upkeep, EngineSettings settings, CurrentOffers current) {
        this.upkeep = upkeep;
        this.sessionExpiryMillis = settings.get(ShopperSettings.SESSION_EXPIRY);
        this.userExpiryMillis = settings.get(ShopperSettings.USER_EXPIRY);
        this.current = current;
        this.closesAtVisits = !current.on() && settings.attribution().windowMillis() >= LONG_WINDOW;
    }

    /** When the shopper needs care that no visit gives, epoch milliseconds; {@link Long#MAX_VALUE}: never. */
    long soon(String key, ShopperState shopper, long now) {
        long due = current.nextDue(shopper, now);
        if (ShopperKey.isSession(key)) {
            return Math.min(due, Math.min(upkeep.nextDue(shopper), expiry(key, shopper)));
        }
        due = Math.min(due, Math.min(upkeep.orderDue(shopper), shopper.ledger().waitsUntil()));
        if (!closesAtVisits) {
            due = Math.min(due, shopper.ledger().closesAt());
        }
        long observed = shopper.observationsDue();
        return observed == Long.MAX_VALUE || shopper.visitSlot() == ShopperVisits.slot(observed)
                ? due
                : Math.min(due, observed);
    }

    /** When a visit has something to do, epoch milliseconds; {@link Long#MAX_VALUE}: none. */
    long visit(String key, ShopperState shopper) {
        if (ShopperKey.isSession(key)) {
            return Long.MAX_VALUE;
        }
        return closesAtVisits
                ? Math.min(shopper.ledger().closesAt(), shopper.observationsDue())
                : shopper.observationsDue();
    }

    /** When the shopper is forgotten, epoch milliseconds. */
    long expiry(String key, ShopperState shopper) {
        return shopper.behavior().lastSeen() + (ShopperKey.isSession(key) ? sessionExpiryMillis : userExpiryMillis);
    }

    /** Whether the shopper holds something, which is known without limit of time. */
    static boolean holds(ShopperState shopper) {
        Holdings holdings = shopper.behavior().holdings();
        return holdings != null && holdings.any();
    }
}
