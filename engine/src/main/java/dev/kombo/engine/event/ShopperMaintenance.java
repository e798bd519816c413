package dev.kombo.engine.event;

import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;

/**
 * Scheduled maintenance of shoppers, without an event of theirs: closes quiet orders, ends offers whose window is over,
 * and reports experiment measures that have matured.
 */
public final class ShopperMaintenance {
    private final OrderCollector orders;

    public ShopperMaintenance(OrderCollector orders) {
        this.orders = orders;
    }

    /** When the shopper's next maintenance is due, epoch milliseconds; {@link Long#MAX_VALUE}: never. */
    public long nextDue(ShopperState shopper) {
        long due = Math.min(orderDue(shopper), shopper.ledger().nextDue());
        return Math.min(due, shopper.observationsDue());
    }

    /** When the open order is closed, epoch milliseconds; {@link Long#MAX_VALUE}: there is none. */
    public long orderDue(ShopperState shopper) {
        return orders.nextDue(shopper.behavior());
    }

    /** Performs what is due. */
    public void maintain(String key, ShopperState shopper, long now, EventOutputs outputs) {
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

    /** Performs what is due and then closes everything open, because the shopper will not come back. */
    public void abandon(String key, ShopperState shopper, long now, EventOutputs outputs) {
        if (shopper.behavior().order() != null) {
            orders.close(shopper, outputs);
        }
        outputs.ledger(ShopperKey.idOf(key), shopper.ledger().abandon(now));
    }
}
