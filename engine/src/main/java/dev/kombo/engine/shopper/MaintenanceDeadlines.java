package dev.kombo.engine.shopper;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.ShopperMaintenance;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.profile.Holdings;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.settings.Millis;

/**
 * Computes when a shopper needs maintenance without an event: soon, which takes a timer, or at the daily visit, which
 * costs nothing until there is something to do ({@link ShopperVisits}). A visit emits measures of experiment windows as
 * soon as they end, as windows last whole days. Closing an offer changes no attribution and waits for the visit too,
 * unless the attribution window is shorter than a week, or {@link CurrentOffers} need timers.
 */
final class MaintenanceDeadlines {
    private static final long LONG_WINDOW = 7 * Millis.DAY;

    private final ShopperMaintenance maintenance;
    private final long sessionExpiryMillis;
    private final long userExpiryMillis;
    private final CurrentOffers current;
    private final boolean closesAtVisits;

    MaintenanceDeadlines(ShopperMaintenance maintenance, EngineSettings settings, CurrentOffers current) {
        this.maintenance = maintenance;
        this.sessionExpiryMillis = settings.get(ShopperSettings.SESSION_EXPIRY);
        this.userExpiryMillis = settings.get(ShopperSettings.USER_EXPIRY);
        this.current = current;
        this.closesAtVisits = !current.on() && settings.attribution().windowMillis() >= LONG_WINDOW;
    }

    /**
     * When the shopper next needs maintenance that no visit covers, epoch milliseconds; {@link Long#MAX_VALUE}: never.
     */
    long soon(String key, ShopperState shopper, long now) {
        long due = current.nextDue(shopper, now);
        if (ShopperKey.isSession(key)) {
            return Math.min(due, Math.min(maintenance.nextDue(shopper), expiry(key, shopper)));
        }
        due = Math.min(
                due, Math.min(maintenance.orderDue(shopper), shopper.ledger().waitsUntil()));
        if (!closesAtVisits) {
            due = Math.min(due, shopper.ledger().closesAt());
        }
        long observed = shopper.observationsDue();
        return observed == Long.MAX_VALUE || shopper.visitSlot() == ShopperVisits.slot(observed)
                ? due
                : Math.min(due, observed);
    }

    /** When a visit next has something to do, epoch milliseconds; {@link Long#MAX_VALUE}: never. */
    long visit(String key, ShopperState shopper) {
        if (ShopperKey.isSession(key)) {
            return Long.MAX_VALUE;
        }
        return closesAtVisits
                ? Math.min(shopper.ledger().closesAt(), shopper.observationsDue())
                : shopper.observationsDue();
    }

    /** When the shopper expires, epoch milliseconds. */
    long expiry(String key, ShopperState shopper) {
        return shopper.behavior().lastSeen() + (ShopperKey.isSession(key) ? sessionExpiryMillis : userExpiryMillis);
    }

    /** Whether the shopper has holdings, which are kept without time limit. */
    static boolean holds(ShopperState shopper) {
        Holdings holdings = shopper.behavior().holdings();
        return holdings != null && holdings.any();
    }
}
