package dev.kombo.tracking.uplift;

import dev.kombo.tracking.Enrollment;

/**
 * What a shopper paid in the windows after entry, in one currency, until each window is observed. Touched by one
 * thread.
 *
 * <p>A window holds entry and ends before {@code enteredAt + length}. What comes after a window was observed is lost to
 * it, alike in all arms: who expects late events observes later.
 */
public final class UserRevenue {
    private static final ObservationWindow[] WINDOWS = ObservationWindow.values();

    private final long enteredAt;
    private final long priorMinor;
    private final long[] revenueMinor = new long[WINDOWS.length];
    private final boolean[] observed = new boolean[WINDOWS.length];

    /**
     * A shopper that has just entered.
     *
     * @param enteredAt epoch milliseconds
     * @param priorMinor revenue before entry in minor units
     */
    public UserRevenue(long enteredAt, long priorMinor) {
        this.enteredAt = enteredAt;
        this.priorMinor = priorMinor;
    }

    /** Puts back what was stored of a window. */
    public void restore(ObservationWindow window, long storedMinor, boolean storedObserved) {
        revenueMinor[window.ordinal()] = storedMinor;
        observed[window.ordinal()] = storedObserved;
    }

    /** Entry, epoch milliseconds. */
    public long enteredAt() {
        return enteredAt;
    }

    /** Revenue before entry in minor units. */
    public long priorMinor() {
        return priorMinor;
    }

    /** Revenue in a window so far, in minor units, not capped. */
    public long revenueMinor(ObservationWindow window) {
        return revenueMinor[window.ordinal()];
    }

    /** Whether a window was observed. */
    public boolean observed(ObservationWindow window) {
        return observed[window.ordinal()];
    }

    /**
     * Adds money, negative for what goes back, to each window that holds the time and was not observed.
     *
     * @param time epoch milliseconds
     * @return false if no window takes it, so there is nothing to store
     */
    public boolean add(long amountMinor, long time) {
        boolean taken = false;
        for (ObservationWindow window : WINDOWS) {
            int w = window.ordinal();
            if (!observed[w] && time >= enteredAt && time - enteredAt < window.millis()) {
                revenueMinor[w] += amountMinor;
                taken = true;
            }
        }
        return taken;
    }

    /** Whether a window has ended and was not observed yet. */
    public boolean isDue(ObservationWindow window, long now) {
        return !observed[window.ordinal()] && now - enteredAt >= window.millis();
    }

    /**
     * Observes a window, once.
     *
     * @param capMinor most that a shopper counts for, before and after entry, in minor units, positive: without it, a
     *     few shoppers decide the variance. Returns of what was bought earlier count down to the negative of it
     * @throws IllegalStateException if the window was observed before
     */
    public UserObservation observe(ObservationWindow window, Enrollment enrollment, long capMinor) {
        int w = window.ordinal();
        if (observed[w]) {
            throw new IllegalStateException("window " + window + " was observed before");
        }
        observed[w] = true;
        return new UserObservation(
                enrollment.arm(),
                enrollment.strategyVersion(),
                capped(revenueMinor[w], capMinor),
                capped(priorMinor, capMinor));
    }

    private static double capped(long amount, long cap) {
        return Math.max(-cap, Math.min(cap, amount));
    }
}
