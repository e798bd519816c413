package dev.kombo.attribution.account;

import static dev.kombo.experiment.BudgetSpending.dayOf;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.catalog.MinorUnits;
import dev.kombo.codec.Fields;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.settings.Millis;
import java.util.function.LongUnaryOperator;

/**
 * What one budget of an experiment spends: what was bought on the day, what open offers may still cost, and the
 * Lagrange multiplier by which the ranker charges discounts. Not thread-safe; used by one stream thread.
 *
 * <p><b>Spent</b> is the saving of conversions on the day of their events. A return makes no room for new discounts.
 *
 * <p><b>Carried</b> is what a day leaves, or costs too much since what is open when a budget is spent may still be
 * bought. How many shoppers buy varies by chance, the more the fewer discounts a budget pays for. So the next day has
 * that much more, up to twice its budget, or less.
 *
 * <p><b>Reserved</b> is the expected cost of open offers that falls on the rest of the day: saving times probability of
 * conversion, corrected by what such expectations came to in the last week. How long shoppers take to decide differs by
 * shop; delays are taken as exponential (Chapelle, Modeling delayed feedback in display advertising, KDD 2014), with
 * the mean of {@link #DELAYS} that has predicted conversions best. So an offer's part fades without an event that ends
 * it.
 *
 * <p><b>The multiplier</b> follows dual mirror descent (Balseiro, Lu and Mirrokni, The best of many worlds: dual mirror
 * descent for online allocation problems, Operations Research 71(1), 2023), whose step for entropy multiplies it: it
 * rises while offers commit more than their share of what is left, and falls while they commit less. Left is what the
 * day has, with what is carried, and half of the next day's budget, for that half of its traffic: what chance does late
 * in a day must not turn the multiplier. The share is by traffic, not by the clock (as in Agarwal et al., Budget pacing
 * for targeted online advertisements at LinkedIn, KDD 2014), and traffic is all outcomes of the experiment, since offers
 * of the arm become fewer as the multiplier rises.
 */
public final class BudgetAccount {
    /** Possible means of the delay from offer to conversion, as parts of the time for which prices hold. */
    private static final double[] DELAYS = {1, 1 / 8.0, 1 / 64.0, 1 / 512.0};

    private static final double LEAST = 0.01;
    /** Part of a day's traffic between two steps of the multiplier. */
    private static final double STEP = 1 / 200.0;
    /** Largest change of the multiplier's logarithm per unit of excess. */
    private static final double LARGEST_GAIN = 0.5;

    private static final double GAIN_PER_DAY = 5;
    /** The same at first, when the multiplier is far from where it will be; it decreases with the days. */
    private static final double FIRST_GAIN_PER_DAY = 25;
    /** Largest excess of a step's commitments over their share, as a multiple of it: few offers vary much. */
    private static final double LARGEST_EXCESS = 10;
    /** Part of the next day that is looked ahead to. */
    private static final double AHEAD = 0.5;
    /** Weight of a calibration of 1, in budgets of a day. */
    private static final double PRIOR = 0.25;
    /** From a shorter time a day's traffic is not extrapolated. */
    private static final long LEAST_MILLIS = Millis.HOUR;

    private static final double MEMORY_DAYS = 7;

    private static final double MEMORY_MILLIS = MEMORY_DAYS * Millis.DAY;
    /** Where less than this part of a day's budget is left, the step is computed as if so much were: the divisor. */
    private static final int LEAST_LEFT_DIVISOR = 20;

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
    private double multiplier = LEAST;
    /** Since the latest step of the multiplier: outcomes, and what offers committed and conversions kept. */
    private double stepOutcomes;

    private double stepExpected;
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
        f.version("a budget", 2, 2, 2);
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
        multiplier = f.real(multiplier);
        stepOutcomes = f.real(stepOutcomes);
        stepExpected = f.real(stepExpected);
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
     * @return whether more is spent or reserved
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
            stepExpected += expectedMinor;
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
                budget,
                dayOf(time),
                spentMinor,
                minor(today),
                minor(all - today),
                multiplier,
                spentAt,
                carriedMinor,
                beforeMinor);
    }

    private static long minor(double amount) {
        return Math.min(Math.round(amount), DiscountBudget.LARGEST_MINOR);
    }

    /**
     * Whether the day's budget leaves less than a usual discount, the first time on a day that it does.
     *
     * @param others as in {@link #step}
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

    /**
     * Moves the multiplier by what was offered since the latest step, if that was enough to tell.
     *
     * @param others what the same budget has spent or reserved in other experiments of the strategy, in minor units
     */
    public void step(long others) {
        double perDay = Math.max(outcomes, outcomesPerDay);
        if (outcomesPerDay == 0) {
            perDay = outcomes * Millis.DAY / Math.max(1, time - since);
        }
        if (stepOutcomes == 0 || stepOutcomes < STEP * perDay) {
            return;
        }
        double calibration = calibration(reserving());
        for (int i = 0; i < DELAYS.length; i++) {
            double error = stepKept - calibration(i) * released[i];
            errors[i] = errors[i] * (1 - Math.min(1, stepOutcomes / perDay) / MEMORY_DAYS) + error * error;
            released[i] = 0;
        }
        double usual = budget.minorPerDay();
        double left = left(others) + AHEAD * usual;
        double traffic = perDay - outcomes + AHEAD * perDay;
        double share = Math.max(left, usual / LEAST_LEFT_DIVISOR) * stepOutcomes / traffic;
        // While nothing may be offered, that nothing is committed says nothing about the multiplier.
        double least = left(others) <= 0 ? 0 : -1;
        double excess = clamp(calibration * stepExpected / share - 1, least, LARGEST_EXCESS);
        double days = 1 + (double) (time - since) / Millis.DAY;
        double gainPerDay = Math.max(GAIN_PER_DAY, FIRST_GAIN_PER_DAY / days);
        double gain = Math.min(LARGEST_GAIN, gainPerDay * stepOutcomes / perDay);
        multiplier = clamp(multiplier * Math.exp(gain * excess), LEAST, BudgetSpending.LARGEST_MULTIPLIER);
        stepOutcomes = 0;
        stepExpected = 0;
        stepKept = 0;
    }

    private static double clamp(double value, double least, double largest) {
        return Math.max(least, Math.min(largest, value));
    }
}
