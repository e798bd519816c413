package dev.kombo.engine.shopper;

import dev.kombo.attribution.OpenOffer;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.task.CompositeKey;
import dev.kombo.profile.Holdings;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.rules.HoldingRules;
import java.util.List;

/**
 * Maintains the topic {@code current-offer}: the latest offer per shopper and placement, until its prices end. A
 * shopper's timer is also set for that end. The timer is never later than any end that was not yet published, so an
 * end before the timer was already published. If the setting is off, nothing is read or sent.
 */
final class CurrentOffers {
    private final boolean on;
    private final CatalogIndex catalog;

    /**
     * @param on whether the latest offers are kept at all
     */
    CurrentOffers(boolean on, CatalogIndex catalog) {
        this.on = on;
        this.catalog = catalog;
    }

    boolean on() {
        return on;
    }

    /** Record key of a shopper's offer at a placement. */
    static String key(String shopperKey, String placement) {
        return shopperKey + CompositeKey.SEPARATOR + placement;
    }

    /** When the next prices end that the shopper's timer does not cover yet, epoch milliseconds. */
    long nextDue(ShopperState shopper, long now) {
        long due = Long.MAX_VALUE;
        if (on) {
            for (OpenOffer offer : shopper.ledger().offers()) {
                boolean known = offer.isStored() && shopper.timerAt() != 0;
                if (!known && offer.expiresAt() > now) {
                    due = Math.min(due, offer.expiresAt());
                }
            }
        }
        return due;
    }

    /**
     * Ends offers that were closed before their prices ended, and offers that contain an item the shopper has come to
     * hold since.
     */
    void endClosed(String key, ShopperState shopper, ShopperOutputs outputs) {
        if (on) {
            end(key, shopper, shopper.ledger().closed(), Long.MAX_VALUE, outputs);
            Holdings held = shopper.behavior().history().mayHaveChanged()
                    ? shopper.behavior().holdings()
                    : null;
            if (held != null && held.size() > 0) {
                end(
                        key,
                        shopper,
                        shopper.ledger().offers().stream()
                                .filter(offer -> offer.bundles().stream()
                                        .anyMatch(bundle -> HoldingRules.hold(held, bundle.members(), catalog)))
                                .toList(),
                        Long.MAX_VALUE,
                        outputs);
            }
        }
    }

    /** Ends all offers whose prices have ended by now. */
    void endDue(String key, ShopperState shopper, long now, ShopperOutputs outputs) {
        if (on) {
            end(key, shopper, shopper.ledger().offers(), now, outputs);
            endClosed(key, shopper, outputs);
        }
    }

    /** Ends all offers of a shopper who is being forgotten. */
    void endAll(String key, ShopperState shopper, ShopperOutputs outputs) {
        if (on) {
            shopper.ledger().offers().stream()
                    .map(OpenOffer::placement)
                    .distinct()
                    .forEach(placement -> outputs.noCurrentOffer(key(key, placement)));
        }
    }

    private static void end(
            String key, ShopperState shopper, List<OpenOffer> offers, long until, ShopperOutputs outputs) {
        for (OpenOffer offer : offers) {
            if (offer.expiresAt() >= shopper.timerAt() && offer.expiresAt() <= until && !replaced(offer, shopper)) {
                outputs.noCurrentOffer(key(key, offer.placement()));
            }
        }
    }

    private static boolean replaced(OpenOffer offer, ShopperState shopper) {
        List<OpenOffer> open = shopper.ledger().offers();
        // Of two offers at the same time, the one made later counts: it is later in the list.
        for (int i = open.size() - 1; i >= 0 && open.get(i) != offer; i--) {
            if (open.get(i).offeredAt() >= offer.offeredAt()
                    && open.get(i).placement().equals(offer.placement())) {
                return true;
            }
        }
        return false;
    }
}
