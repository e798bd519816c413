package dev.kombo.topology;

import dev.kombo.engine.ShopperSettings;
import dev.kombo.engine.Upkeep;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;

/** When a shopper needs care without an event. */
final class ShopperDues {
    private final Upkeep upkeep;
    private final long sessionExpiryMillis;
    private final CurrentOffers current;

    ShopperDues(Upkeep upkeep, EngineSettings settings, CurrentOffers current) {
        this.upkeep = upkeep;
        this.sessionExpiryMillis = settings.get(ShopperSettings.SESSION_EXPIRY);
        this.current = current;
    }

    /** When the shopper needs care next, epoch milliseconds; {@link Long#MAX_VALUE}: never. */
    long next(String key, ShopperState shopper, long now) {
        long due = Math.min(upkeep.nextDue(shopper), current.nextDue(shopper, now));
        return ShopperKey.isSession(key) ? Math.min(due, expiry(shopper)) : due;
    }

    /** When a visitor is forgotten, epoch milliseconds. */
    long expiry(ShopperState visitor) {
        return visitor.behavior().lastSeen() + sessionExpiryMillis;
    }
}
