package dev.kombo.attribution;

import dev.kombo.attribution.LedgerState.PendingFeedback;
import java.util.List;
import java.util.Objects;

/**
 * Offer feedback whose offer is not known yet, oldest first: the offer may still arrive, or the session that it was
 * made for may still be merged.
 */
final class PendingFeedbackQueue {
    private final List<PendingFeedback> waiting;
    private final AttributionSettings settings;

    /**
     * @param waiting changed in place
     */
    PendingFeedbackQueue(List<PendingFeedback> waiting, AttributionSettings settings) {
        this.waiting = waiting;
        this.settings = settings;
    }

    /** Adds feedback; the oldest is given up where there are too many. */
    void add(Feedback feedback, LedgerResult.Collector results) {
        insert(new PendingFeedback(feedback, settings.closesAt(feedback.time())), results);
    }

    /** Records that a purchase names an unknown offer: the implied impression waits, once for all lines of an order. */
    void add(Purchase purchase, LedgerResult.Collector results) {
        for (int i = 0; i < waiting.size(); i++) {
            Feedback known = waiting.get(i).feedback();
            if (known.kind() == OutcomeKind.PURCHASED
                    && known.offerId().equals(purchase.offerId())
                    && known.time() <= purchase.time()) {
                return;
            }
        }
        add(
                new Feedback(
                        OutcomeKind.PURCHASED,
                        purchase.eventId(),
                        Objects.requireNonNull(purchase.offerId()),
                        null,
                        purchase.time()),
                results);
    }

    /** Takes over the feedback of a session that turned out to be the same shopper; duplicates are dropped. */
    void absorb(List<PendingFeedback> others, LedgerResult.Collector results) {
        for (int i = 0; i < others.size(); i++) {
            if (!waiting.contains(others.get(i))) {
                insert(others.get(i), results);
            }
        }
    }

    private void insert(PendingFeedback feedback, LedgerResult.Collector results) {
        PendingFeedback lost = TimeOrder.insert(waiting, feedback, PendingFeedback::closesAt, settings.maxWaiting());
        if (lost != null) {
            results.lose(lost.feedback(), UnmatchedFeedback.Cause.UNKNOWN_OFFER);
        }
    }

    /** Removes and returns the feedback on an offer that has arrived. */
    List<PendingFeedback> take(OpenOffer offer) {
        return TimeOrder.take(waiting, one -> one.feedback().offerId().equals(offer.offerId()));
    }

    /** When the first feedback is given up, or {@link Long#MAX_VALUE}. */
    long nextDue() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < waiting.size(); i++) {
            due = Math.min(due, waiting.get(i).closesAt());
        }
        return due;
    }

    /** Gives up the feedback whose time has come. */
    void expire(long now, LedgerResult.Collector results) {
        TimeOrder.take(waiting, one -> one.closesAt() <= now)
                .forEach(one -> results.lose(one.feedback(), UnmatchedFeedback.Cause.UNKNOWN_OFFER));
    }
}
