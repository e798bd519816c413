package dev.kombo.engine;

import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;

/**
 * What is done for a shopper when its time has come, without an event of theirs: orders that fell quiet are closed, offers
 * whose window is over end, and what windows of experiments came to is told.
 */
public final class Upkeep {
    private final Orders orders;

    /** Upkeep of any number of shoppers. */
    public Upkeep(Orders orders) {
        this.orders = orders;
    }

    /** When the shopper is due next, epoch milliseconds; {@link Long#MAX_VALUE}: never. */
    public long nextDue(ShopperState shopper) {
        long due = Math.min(orderDue(shopper), shopper.ledger().nextDue());
        return Math.min(due, shopper.observationsDue());
    }

    /** When the open order is closed, epoch milliseconds; {@link Long#MAX_VALUE}: there is none. */
    public long orderDue(ShopperState shopper) {
        return orders.nextDue(shopper.behavior());
    }

    /** Does what is due. */
    public void lookAfter(String key, ShopperState shopper, long now, EventOutputs outputs) {
        if (orders.nextDue(shopper.behavior()) <= now) {
            orders.close(shopper, outputs);
        }
        if (shopper.ledger().nextDue() <= now) {
            outputs.ledger(
                    ShopperKey.idOf(key),
                    shopper.ledger().expire(now, shopper.sessions().awaits(now)));
        }
        outputs.matured(ShopperKey.shopper(key), shopper.mature(now));
    }

    /** Ends what is open of a shopper who will not come back, after what is due was done. */
    public void abandon(String key, ShopperState shopper, long now, EventOutputs outputs) {
        if (shopper.behavior().order() != null) {
            orders.close(shopper, outputs);
        }
        outputs.ledger(ShopperKey.idOf(key), shopper.ledger().abandon(now));
    }
}
