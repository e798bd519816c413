package dev.kombo.topology;

import dev.kombo.engine.Orders;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;

/** When a shopper needs care without an event. */
final class ShopperDues {
    private final Orders orders;
    private final long sessionExpiryMillis;

    ShopperDues(Orders orders, long sessionExpiryMillis) {
        this.orders = orders;
        this.sessionExpiryMillis = sessionExpiryMillis;
    }

    /** When the shopper needs care next, epoch milliseconds; {@link Long#MAX_VALUE}: never. */
    long next(String key, ShopperState shopper) {
        long due = Math.min(orders.nextDue(shopper.behavior()), shopper.ledger().nextDue());
        due = Math.min(due, shopper.observations().nextDue());
        return ShopperKey.isSession(key) ? Math.min(due, expiry(shopper)) : due;
    }

    /** When a visitor is forgotten, epoch milliseconds. */
    long expiry(ShopperState visitor) {
        return visitor.behavior().lastSeen() + sessionExpiryMillis;
    }
}
