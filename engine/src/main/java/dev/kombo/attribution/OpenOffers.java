package dev.kombo.attribution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shopper's open offers, oldest first.
 */
final class OpenOffers {
    /** Promise of an offer that was clicked, the highest. */
    private static final int CLICKED = 3;

    private final List<OpenOffer> offers;

    /**
     * @param offers changed in place
     */
    OpenOffers(List<OpenOffer> offers) {
        this.offers = offers;
    }

    /** The offer with the id, or null. */
    @Nullable
    OpenOffer find(@Nullable String offerId) {
        for (int i = offers.size() - 1; i >= 0 && offerId != null; i--) {
            if (offers.get(i).offerId().equals(offerId)) {
                return offers.get(i);
            }
        }
        return null;
    }

    /** A bundle as it is in an offer, or else in the latest that has it; null: none has. */
    @Nullable
    OfferedBundle bundle(String bundleId, @Nullable OpenOffer first) {
        OfferedBundle found = first == null ? null : first.bundle(bundleId);
        for (int i = offers.size() - 1; i >= 0 && found == null; i--) {
            found = offers.get(i).bundle(bundleId);
        }
        return found;
    }

    /** Takes over the offers of a session that turned out to be the same shopper; duplicates are dropped. */
    void absorb(List<OpenOffer> others) {
        for (int i = 0; i < others.size(); i++) {
            OpenOffer offer = others.get(i);
            if (find(offer.offerId()) == null) {
                TimeOrder.insert(offers, offer, OpenOffer::offeredAt, Integer.MAX_VALUE);
            }
        }
    }

    /** Whether one offered bundle holds both items. */
    boolean join(String itemA, String itemB) {
        for (int o = 0; o < offers.size(); o++) {
            List<OfferedBundle> bundles = offers.get(o).bundles();
            for (int b = 0; b < bundles.size(); b++) {
                if (bundles.get(b).contains(itemA) && bundles.get(b).contains(itemB)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an offer whose window includes the time holds the bundle. */
    boolean hold(@Nullable String bundleId, long time) {
        for (int i = 0; i < offers.size(); i++) {
            if (offers.get(i).covers(time) && offers.get(i).bundle(bundleId) != null) {
                return true;
            }
        }
        return false;
    }

    /** When the first offer closes, or {@link Long#MAX_VALUE}. */
    long nextDue() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < offers.size(); i++) {
            due = Math.min(due, offers.get(i).closesAt());
        }
        return due;
    }

    /**
     * Removes and returns one offer where there are too many: the oldest of the least promising ones, but never the
     * newest.
     */
    OpenOffer takeLeastPromising() {
        int least = 0;
        for (int i = 1; i < offers.size() - 1; i++) {
            if (promise(i) < promise(least)) {
                least = i;
            }
        }
        return offers.remove(least);
    }

    /**
     * Unseen offers are the least promising, clicked ones the most. The impression of the latest before the newest may
     * be on its way, so it counts for more than offers that were seen and not clicked.
     */
    private int promise(int index) {
        OpenOffer offer = offers.get(index);
        if (offer.clicked()) {
            return CLICKED;
        }
        if (offer.impressedAt() > 0) {
            return 1;
        }
        return index == offers.size() - 2 ? 2 : 0;
    }
}
