package dev.kombo.profile;

import dev.kombo.attribution.OfferLedger;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.uplift.Maturity;
import dev.kombo.experiment.uplift.ShopperObservations;
import java.util.List;

/**
 * All that is kept of one shopper: what they did, what they were offered, and the arm they are in. Touched only by the
 * stream thread that owns the shopper's partition.
 */
public final class ShopperState {
    /** The shopper is not visited. */
    public static final int NO_VISITS = -1;

    private final Behavior behavior;
    private final OfferLedger ledger;
    private final SessionLinks sessions = new SessionLinks();
    private Enrollment enrollment;
    private long timerAt;
    private int visitSlot = NO_VISITS;
    private long visitDue = Long.MAX_VALUE;

    /**
     * @param behavior what the shopper did
     * @param ledger open offers and what they are credited with
     * @param enrollment the arm, or null before entry
     * @param timerAt when the shopper is looked after next, epoch milliseconds; 0: never
     */
    public ShopperState(Behavior behavior, OfferLedger ledger, Enrollment enrollment, long timerAt) {
        this.behavior = behavior;
        this.ledger = ledger;
        this.enrollment = enrollment;
        this.timerAt = timerAt;
    }

    public Behavior behavior() {
        return behavior;
    }

    public OfferLedger ledger() {
        return ledger;
    }

    /** What is observed of the shopper since entry. */
    public ShopperObservations observations() {
        return behavior.history().parts().observations();
    }

    /** When the next window of an experiment ends, epoch milliseconds; {@link Long#MAX_VALUE}: none is open. */
    public long observationsDue() {
        return behavior.history().observationsDue();
    }

    /** Windows of experiments that have ended by now and were not told yet; they are told by this. */
    public List<Maturity> mature(long now) {
        return behavior.history().mature(now);
    }

    /** The sessions that the shopper, a user, was seen with. */
    public SessionLinks sessions() {
        return sessions;
    }

    /** The arm the shopper is in, or null before entry. */
    public Enrollment enrollment() {
        return enrollment;
    }

    /** Enters the shopper into an arm. */
    public void enrollment(Enrollment entered) {
        enrollment = entered;
    }

    /** When the shopper is looked after next, epoch milliseconds; 0: never. */
    public long timerAt() {
        return timerAt;
    }

    /** At which millisecond of each day the shopper is visited, or {@link #NO_VISITS}. */
    public int visitSlot() {
        return visitSlot;
    }

    /** When a visit has something to do, epoch milliseconds; {@link Long#MAX_VALUE}: none will as things are. */
    public long visitDue() {
        return visitDue;
    }

    /** Sets at which millisecond of each day the shopper is visited, and from when on there is something to do. */
    public void visits(int slot, long due) {
        visitSlot = slot;
        visitDue = due;
    }

    /** Sets when the shopper is looked after next. */
    public void timerAt(long time) {
        timerAt = time;
    }
}
