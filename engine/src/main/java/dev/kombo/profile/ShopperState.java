package dev.kombo.profile;

import dev.kombo.attribution.OfferLedger;
import dev.kombo.codec.Fields;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.uplift.ShopperObservations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole stored state of one shopper: behaviour, offers, and the assigned arm. Not thread-safe: only the thread of
 * the shopper's task uses it.
 */
public final class ShopperState {
    /** Marks a shopper without scheduled visits. */
    public static final int NO_VISITS = -1;

    /**
     * Version of the layout, which holds levels of attributes, the discount on the cart, the clicks on what was
     * offered, and the first times as distances from the last one.
     */
    static final int LAYOUT = 6;

    /** Version of the layout that version 0.2.0 wrote. */
    private static final int RELEASED = 3;

    private final Behavior behavior;
    private final OfferLedger ledger;
    private final SessionLinks sessions = new SessionLinks();
    private @Nullable Enrollment enrollment;
    private long timerAt;
    private int visitSlot = NO_VISITS;
    private long visitDue = Long.MAX_VALUE;

    /**
     * Creates the state.
     *
     * @param behavior the shopper's behaviour
     * @param ledger open offers and what they are credited with
     * @param enrollment the assignment, or null before it
     * @param timerAt when the next maintenance is scheduled, epoch milliseconds; 0: never
     */
    public ShopperState(Behavior behavior, OfferLedger ledger, @Nullable Enrollment enrollment, long timerAt) {
        this.behavior = behavior;
        this.ledger = ledger;
        this.enrollment = enrollment;
        this.timerAt = timerAt;
    }

    /**
     * The fields apart from purchase history and contents of offers, which are stored elsewhere and read when needed.
     */
    public void fields(Fields f) {
        version(f);
        visitSlot = f.number(visitSlot);
        visitDue = f.number(visitDue);
        behavior.times(f);
        timerAt = f.number(timerAt);
        behavior.counts(f);
        enrollment = f.optional(enrollment, Enrollment.BLANK, Enrollment::fields);
        sessions.fields(f);
        behavior.fields(f);
        ledger.offers(f, behavior.lastSeen());
        behavior.history().summary(f);
        ledger.credit(f);
    }

    /** Reads when a visit to a stored shopper next has something to do, epoch milliseconds. */
    public static long visitDue(Fields stored) {
        version(stored);
        stored.number(NO_VISITS);
        return stored.number(Long.MAX_VALUE);
    }

    private static void version(Fields f) {
        f.version("a profile", LAYOUT, RELEASED, RELEASED);
    }

    public Behavior behavior() {
        return behavior;
    }

    public OfferLedger ledger() {
        return ledger;
    }

    /** The shopper's values in the measures of experiments. */
    public ShopperObservations observations() {
        return behavior.history().parts().observations();
    }

    /** When the next window of an experiment ends, epoch milliseconds; {@link Long#MAX_VALUE}: none is open. */
    public long observationsDue() {
        return behavior.history().observationsDue();
    }

    /** Reports the measures that have matured by now, once. */
    public List<ShopperObservations.MaturedWindow> mature(long now) {
        return behavior.history().mature(now);
    }

    /** The sessions that the user was seen with. */
    public SessionLinks sessions() {
        return sessions;
    }

    /** The assignment to an arm, or null before it. */
    public @Nullable Enrollment enrollment() {
        return enrollment;
    }

    /** Assigns the shopper to an arm. */
    public void enrollment(Enrollment entered) {
        enrollment = entered;
    }

    /** When the next maintenance is scheduled, epoch milliseconds; 0: never. */
    public long timerAt() {
        return timerAt;
    }

    /** The millisecond of the day at which the shopper is visited for maintenance, or {@link #NO_VISITS}. */
    public int visitSlot() {
        return visitSlot;
    }

    /** Sets the millisecond of the day of visits, and the time from which there is something to do. */
    public void visits(int slot, long due) {
        visitSlot = slot;
        visitDue = due;
    }

    /** Sets when the next maintenance is scheduled. */
    public void timerAt(long time) {
        timerAt = time;
    }
}
