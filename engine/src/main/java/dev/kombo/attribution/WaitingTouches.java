package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.List;

/** Touches whose offer is not known yet: it may come, as may the session that it was made for. Oldest first. */
final class WaitingTouches {
    private final List<WaitingTouch> waiting;
    private final AttributionSettings settings;

    /**
     * @param waiting changed in place
     */
    WaitingTouches(List<WaitingTouch> waiting, AttributionSettings settings) {
        this.waiting = waiting;
        this.settings = settings;
    }

    /** Lets a touch wait; the oldest is given up where there are too many. */
    void add(Touch touch, ResultCollector results) {
        insert(new WaitingTouch(touch, settings.closesAt(touch.time())), results);
    }

    /** A purchase names an offer that is not known: that it was seen waits, once for all lines of an order. */
    void add(Purchase purchase, ResultCollector results) {
        for (int i = 0; i < waiting.size(); i++) {
            Touch known = waiting.get(i).touch();
            if (known.kind() == TouchKind.PURCHASE
                    && known.offerId().equals(purchase.offerId())
                    && known.time() <= purchase.time()) {
                return;
            }
        }
        add(new Touch(TouchKind.PURCHASE, purchase.eventId(), purchase.offerId(), null, purchase.time()), results);
    }

    /** Takes over the touches of another shopper who turned out to be the same; each is kept once. */
    void absorb(List<WaitingTouch> others, ResultCollector results) {
        for (int i = 0; i < others.size(); i++) {
            if (!waiting.contains(others.get(i))) {
                insert(others.get(i), results);
            }
        }
    }

    private void insert(WaitingTouch touch, ResultCollector results) {
        int at = waiting.size();
        while (at > 0 && waiting.get(at - 1).closesAt() > touch.closesAt()) {
            at--;
        }
        waiting.add(at, touch);
        if (waiting.size() > settings.maxWaiting()) {
            results.lose(waiting.remove(0).touch(), LostOutcome.Reason.UNKNOWN_OFFER);
        }
    }

    /** Takes out the touches of an offer that has come. */
    List<Touch> take(OpenOffer offer) {
        List<Touch> taken = new ArrayList<>(0);
        for (int i = 0; i < waiting.size(); ) {
            if (waiting.get(i).touch().offerId().equals(offer.offerId())) {
                taken.add(waiting.remove(i).touch());
            } else {
                i++;
            }
        }
        return taken;
    }

    /** When the first is given up, or {@link Long#MAX_VALUE}. */
    long nextDue() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < waiting.size(); i++) {
            due = Math.min(due, waiting.get(i).closesAt());
        }
        return due;
    }

    /** Gives up those whose time has come. */
    void expire(long now, ResultCollector results) {
        for (int i = 0; i < waiting.size(); ) {
            if (waiting.get(i).closesAt() <= now) {
                results.lose(waiting.remove(i).touch(), LostOutcome.Reason.UNKNOWN_OFFER);
            } else {
                i++;
            }
        }
    }
}
