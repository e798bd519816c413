package dev.kombo.attribution.account;

import dev.kombo.attribution.Outcome;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the arms of an experiment did in one window. The arms are in one account, so that they are compared at one
 * moment. The figures do not depend on the order of outcomes. Touched only by the stream thread that owns the
 * experiment's partition.
 */
public final class ExperimentAccount {
    private final String experiment;
    private final WindowKind window;
    private final long windowStart;
    private final Map<String, ArmAccount> arms = new TreeMap<>();
    private long lastEventTime;

    /** An account without outcomes; the window is the one of its kind that starts at {@code windowStart}. */
    public ExperimentAccount(String experiment, WindowKind window, long windowStart) {
        this.experiment = experiment;
        this.window = window;
        this.windowStart = windowStart;
        this.lastEventTime = windowStart;
    }

    /** Puts back the time of the latest outcome, from the store. */
    public void restore(long storedLastEventTime) {
        lastEventTime = storedLastEventTime;
    }

    /** Puts a stored arm back. */
    public void restore(ArmAccount arm) {
        arms.put(arm.arm(), arm);
    }

    /** Salt of the experiment. */
    public String experiment() {
        return experiment;
    }

    /** Kind of the window. */
    public WindowKind window() {
        return window;
    }

    /** Start of the window, epoch milliseconds UTC; 0 for the total. */
    public long windowStart() {
        return windowStart;
    }

    /** Time of the latest outcome counted, epoch milliseconds; the window's start before the first. */
    public long lastEventTime() {
        return lastEventTime;
    }

    /** The arms by name. */
    public Collection<ArmAccount> arms() {
        return Collections.unmodifiableCollection(arms.values());
    }

    /** An arm, or null before its first outcome. */
    public ArmAccount arm(String name) {
        return arms.get(name);
    }

    /**
     * Counts an outcome once; false if there is nothing to count, so nothing to store.
     *
     * @throws IllegalArgumentException if it is of another experiment or outside the window
     */
    public boolean apply(Outcome outcome) {
        if (!outcome.experiment().equals(experiment) || window.startOf(outcome.eventTime()) != windowStart) {
            throw new IllegalArgumentException("outcome " + outcome.outcomeId() + " of " + outcome.experiment() + " at "
                    + outcome.eventTime() + " is not of " + experiment + ", " + window + " " + windowStart);
        }
        ArmAccount known = arms.get(outcome.arm());
        ArmAccount arm = known == null ? new ArmAccount(outcome.arm()) : known;
        if (!arm.apply(outcome)) {
            return false;
        }
        if (window == WindowKind.TOTAL) {
            arm.applyToPlacement(outcome);
        }
        if (known == null) {
            arms.put(arm.arm(), arm);
        }
        lastEventTime = Math.max(lastEventTime, outcome.eventTime());
        return true;
    }
}
