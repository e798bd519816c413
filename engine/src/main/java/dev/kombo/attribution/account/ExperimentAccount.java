package dev.kombo.attribution.account;

import dev.kombo.attribution.Outcome;
import dev.kombo.codec.Fields;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an experiment's arms in one window, in one account so that they are compared at the same moment. They
 * do not depend on the order of outcomes. Not thread-safe: only the thread of the experiment's task uses it.
 */
public final class ExperimentAccount {
    /** Stands for an account that is to be read. */
    public static final ExperimentAccount BLANK = new ExperimentAccount("", WindowKind.TOTAL, 0);

    /** Version of the layout; version 0.2.0 wrote Avro. */
    private static final int LAYOUT = 1;

    private static final WindowKind[] WINDOWS = WindowKind.values();

    private final String experiment;
    private final WindowKind window;
    private final long windowStart;
    private final Map<String, ArmAccount> arms = new TreeMap<>();
    private long lastEventTime;

    /** Creates an empty account of the window of this kind that starts at {@code windowStart}. */
    public ExperimentAccount(String experiment, WindowKind window, long windowStart) {
        this.experiment = experiment;
        this.window = window;
        this.windowStart = windowStart;
        this.lastEventTime = windowStart;
    }

    /** The fields; those that are read make an account of their own. */
    public ExperimentAccount fields(Fields f) {
        f.version("an account of an experiment", LAYOUT, LAYOUT, LAYOUT);
        String id = f.text(experiment);
        WindowKind kind = f.constant(window, WINDOWS);
        long start = f.number(windowStart);
        ExperimentAccount account = f.reading() ? new ExperimentAccount(id, kind, start) : this;
        account.lastEventTime = f.after(account.lastEventTime, start);
        f.each(account.arms, ArmAccount.BLANK, ArmAccount::fields, ArmAccount::arm);
        return account;
    }

    /** Restores the stored time of the latest outcome. */
    public void restore(long storedLastEventTime) {
        lastEventTime = storedLastEventTime;
    }

    /** Restores a stored arm. */
    public void restore(ArmAccount arm) {
        arms.put(arm.arm(), arm);
    }

    /** Returns an account with the same figures. */
    public ExperimentAccount copy() {
        ExperimentAccount copy = new ExperimentAccount(experiment, window, windowStart);
        arms.values().forEach(arm -> copy.restore(arm.copy()));
        copy.lastEventTime = lastEventTime;
        return copy;
    }

    /** Id of the experiment. */
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
    public @Nullable ArmAccount arm(String name) {
        return arms.get(name);
    }

    /**
     * Counts an outcome once; false if nothing is counted, so that there is nothing to store.
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
