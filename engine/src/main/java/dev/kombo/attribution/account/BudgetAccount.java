package dev.kombo.attribution.account;

import static dev.kombo.experiment.BudgetSpending.dayOf;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.codec.Fields;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.price.MinorUnits;
import dev.kombo.settings.Millis;
import java.util.function.LongUnaryOperator;

/**
 * Tracks what one discount budget of an experiment spends: the discounts of bundles that were bought on the day, and
 * the discounts that open offers may still cost. Not thread-safe: only the thread of its task uses it.
 *
 * <p><b>Spent</b> is the saving of conversions on the day of their events. A return makes no room for new discounts.
 *
 * <p><b>Carried</b> is what a day leaves of its own budget, or costs too much since what is open when a
 * budget is spent may still be bought. How many shoppers buy varies by chance, the more the fewer discounts a budget
 * pays for. So the next day has that much more, up to twice its budget, or less.
 *
 * <p><b>Reserved</b> is the expected cost of open offers that falls on the rest of the day: saving times probability of
 * conversion, corrected by what such expectations came to in the last week. How long shoppers take to decide differs by
 * shop; delays are taken as exponential (Chapelle, Modeling delayed feedback in display advertising, KDD 2014), with
 * the mean of {@link #DELAYS} that has predicted conversions best. So an offer's part fades without an event that ends
 * it.
 */
public final class BudgetAccount {
    /** Version of the layout. Builds between releases wrote earlier ones, which are not read. */
    private static final int VERSION = 3;

    /** Possible means of the delay from offer to conversion, as parts of the time for which prices hold. */
    private static final double[] DELAYS = {1, 1 / 8.0, 1 / 64.0, 1 / 512.0};

    /** Part of a day's traffic between two comparisons of the delays. */
    private static final double STEP = 1 / 200.0;
    /** Weight of a calibration of 1, in budgets of a day. */
    private static final double PRIOR = 0.25;
    /** From a shorter time a day's traffic is not extrapolated. */
    private static final long LEAST_MILLIS = Millis.HOUR;

    private static final double MEMORY_DAYS = 7;

    private static final double MEMORY_MILLIS = MEMORY_DAYS * Millis.DAY;

    private final DiscountBudget budget;
    private final double validityMillis;
    private final double[] open = new double[DELAYS.length];
    private final double[] released = new double[DELAYS.length];
    private final double[] errors = new double[DELAYS.length];
    /** Expected cost of the last week whose time has come, by delay. */
    private final double[] due = new double[DELAYS.length];

    private long time = Long.MIN_VALUE;
    /** Time of the first outcome, epoch milliseconds. */
    private long since;

    private long spentMinor;
    private long conversions;
    /** When the day's budget was first found to be spent, epoch milliseconds; 0: it is not. */
    private long spentAt;

    /** Cost of the discounts bought on the day before. */
    private long beforeMinor;

    private long carriedMinor;
    private double kept;
    private double outcomes;
    private double outcomesPerDay;
    /** Outcomes since the delays were last compared. */
    private double stepOutcomes;
    /** What conversions kept since then. */
    private double stepKept;

    /**
     * Creates an account of a budget that has spent nothing.
     *
     * @param validityMillis how long offered prices hold
     */
    public BudgetAccount(DiscountBudget budget, long validityMillis) {
        this.budget = budget;
        this.validityMillis = validityMillis;
    }

    /** The account's fields; those that are read replace its own. */
    public void fields(Fields f) {
        f.version("a budget", VERSION, VERSION, VERSION);
        time = f.number(time);
        since = f.number(since);
        spentMinor = f.number(spentMinor);
        conversions = f.number(conversions);
        spentAt = f.number(spentAt);
        for (double[] values : new double[][] {open, released, errors, due}) {
            for (int i = 0; i < DELAYS.length; i++) {
                values[i] = f.real(values[i]);
            }
        }
        kept = f.real(kept);
        outcomes = f.real(outcomes);
        outcomesPerDay = f.real(outcomesPerDay);
        stepOutcomes = f.real(stepOutcomes);
        stepKept = f.real(stepKept);
        beforeMinor = f.number(beforeMinor);
        carriedMinor = f.number(carriedMinor);
    }

    DiscountBudget budget() {
        return budget;
    }

    /** Time of the latest outcome, epoch milliseconds. */
    long time() {
        return time;
    }

    /**
     * Adds an outcome of the experiment, in any order of time.
     *
     * @param expectedMinor what the budget is charged for an offer, in minor units
     * @param others what the same budget has spent in other experiments of the strategy on a day, in minor units
     * @return whether it concerns the budget
     */
    public boolean add(Outcome outcome, double expectedMinor, LongUnaryOperator others) {
        advance(outcome.eventTime(), others);
        outcomes++;
        stepOutcomes++;
        long saving = outcome.bought().amount().savingMinor();
        if (saving <= 0 || !budget.currency().equals(outcome.bought().amount().currency())) {
            return false;
        }
        if (outcome.kind() == OutcomeKind.OFFERED && expectedMinor > 0) {
            for (int i = 0; i < DELAYS.length; i++) {
                open[i] += expectedMinor;
            }
            return true;
        } else if (outcome.kind() == OutcomeKind.CONVERSION && budget.counts(outcome.arm(), outcome.bundleId())) {
            kept += saving;
            stepKept += saving;
            if (dayOf(outcome.eventTime()) == dayOf(time)) {
                spentMinor = Math.min(Amount.sum(spentMinor, saving), DiscountBudget.LARGEST_MINOR);
                conversions++;
            } else if (dayOf(outcome.eventTime()) == dayOf(time) - Millis.DAY) {
                beforeMinor = Math.min(Amount.sum(beforeMinor, saving), DiscountBudget.LARGEST_MINOR);
                carriedMinor = budget.carried(MinorUnits.difference(carriedMinor, saving));
            }
            return true;
        }
        return false;
    }

    private void advance(long now, LongUnaryOperator others) {
        if (now <= time) {
            return;
        }
        if (time != Long.MIN_VALUE) {
            double elapsed = now - time;
            double memory = Math.exp(-elapsed / MEMORY_MILLIS);
            for (int i = 0; i < DELAYS.length; i++) {
                double gone = open[i] * part(elapsed, i);
                open[i] -= gone;
                released[i] += gone;
                due[i] = due[i] * memory + gone;
            }
            kept *= memory;
            if (dayOf(now) > dayOf(time)) {
                settle(dayOf(now), others);
                outcomesPerDay = perDayAtEnd();
                outcomes = 0;
                spentMinor = 0;
                conversions = 0;
                spentAt = 0;
            }
        } else {
            since = now;
        }
        time = now;
    }

    /** Ends a day, which leaves nothing where a day without outcomes follows. */
    private void settle(long today, LongUnaryOperator others) {
        long day = dayOf(time);
        boolean follows = today == day + Millis.DAY;
        long left = budget.minorPerDay() + carriedMinor - spentMinor - others.applyAsLong(day);
        carriedMinor = follows ? budget.carried(left) : 0;
        beforeMinor = follows ? spentMinor : 0;
    }

    /**
     * Outcomes per day at the end of one. A first day that began with traffic is extrapolated, until a whole one is
     * known.
     */
    private double perDayAtEnd() {
        long end = dayOf(time) + Millis.DAY;
        if (outcomesPerDay == 0) {
            return outcomes * Millis.DAY / Math.max(LEAST_MILLIS, end - since);
        }
        return end - since <= 2 * Millis.DAY ? outcomes : (outcomesPerDay + outcomes) / 2;
    }

    private double part(double elapsed, int delay) {
        return -Math.expm1(-elapsed / (DELAYS[delay] * validityMillis));
    }

    /** What a minor unit that was expected came to. */
    private double calibration(int delay) {
        double prior = PRIOR * budget.minorPerDay();
        return (kept + prior) / (due[delay] + prior);
    }

    private int delay() {
        int best = 0;
        for (int i = 1; i < DELAYS.length; i++) {
            best = errors[i] < errors[best] ? i : best;
        }
        return best;
    }

    /** The delay to reserve by: on the first day, when none is known, the one that reserves most for it. */
    private int reserving() {
        int most = delay();
        for (int i = 0; outcomesPerDay == 0 && i < DELAYS.length; i++) {
            most = today(i) > today(most) ? i : most;
        }
        return most;
    }

    private double today(int delay) {
        return calibration(delay) * open[delay] * part((double) (dayOf(time) + Millis.DAY - time), delay);
    }

    /** What it has spent. */
    public BudgetSpending spending() {
        int delay = reserving();
        double all = calibration(delay) * open[delay];
        double today = today(delay);
        return new BudgetSpending(
                budget, dayOf(time), spentMinor, minor(today), minor(all - today), spentAt, carriedMinor, beforeMinor);
    }

    private static long minor(double amount) {
        return Math.min(Math.round(amount), DiscountBudget.LARGEST_MINOR);
    }

    /**
     * Whether the day's budget leaves less than a usual discount, the first time on a day that it does.
     *
     * @param others what the same budget has spent or reserved in other experiments of the strategy, in minor units
     */
    boolean isSpent(long others) {
        double usual = conversions == 0 ? 1 : (double) spentMinor / conversions;
        boolean first = spentAt == 0 && left(others) < usual;
        spentAt = first ? time : spentAt;
        return first;
    }

    private double left(long others) {
        return budget.limitMinor(carriedMinor) - others - spending().usedMinor(time);
    }

    /** Compares what the delays predicted since the latest comparison, if there were enough outcomes to compare. */
    public void step() {
        double perDay = Math.max(outcomes, outcomesPerDay);
        if (outcomesPerDay == 0) {
            perDay = outcomes * Millis.DAY / Math.max(1, time - since);
        }
        if (stepOutcomes == 0 || stepOutcomes < STEP * perDay) {
            return;
        }
        for (int i = 0; i < DELAYS.length; i++) {
            double error = stepKept - calibration(i) * released[i];
            errors[i] = errors[i] * (1 - Math.min(1, stepOutcomes / perDay) / MEMORY_DAYS) + error * error;
            released[i] = 0;
        }
        stepOutcomes = 0;
        stepKept = 0;
    }
}
