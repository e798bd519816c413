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
 * What one budget of an experiment spends by day, and what a day carries to the next. Not thread-safe; used by one
 * stream thread.
 *
 * <p><b>Spent</b> is the saving of conversions on the day of their events. A return makes no room for new discounts.
 *
 * <p><b>Carried</b> is what a day leaves of its own budget, or costs too much since offers that are open when a budget
 * is spent may still be bought. How many shoppers buy varies by chance, the more the fewer discounts a budget pays for.
 * So the next day has that much more, up to twice its budget, or less.
 */
public final class BudgetAccount {
    private final DiscountBudget budget;

    private long time = Long.MIN_VALUE;
    private long spentMinor;
    private long conversions;
    /** When the day's budget was first found to be spent, epoch milliseconds; 0: it is not. */
    private long spentAt;

    /** Cost of the discounts bought on the day before. */
    private long beforeMinor;

    private long carriedMinor;

    /** Creates an account of a budget that has spent nothing. */
    public BudgetAccount(DiscountBudget budget) {
        this.budget = budget;
    }

    /** The account's fields; those that are read replace its own. */
    public void fields(Fields f) {
        f.version("a budget", 3, 3, 3);
        time = f.number(time);
        spentMinor = f.number(spentMinor);
        conversions = f.number(conversions);
        spentAt = f.number(spentAt);
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
     * @param others what the same budget has spent in other experiments of the strategy on a day, in minor units
     * @return whether more is spent
     */
    public boolean add(Outcome outcome, LongUnaryOperator others) {
        advance(outcome.eventTime(), others);
        long saving = outcome.bought().amount().savingMinor();
        if (outcome.kind() != OutcomeKind.CONVERSION
                || saving <= 0
                || !budget.currency().equals(outcome.bought().amount().currency())
                || !budget.counts(outcome.arm(), outcome.bundleId())) {
            return false;
        }
        if (dayOf(outcome.eventTime()) == dayOf(time)) {
            spentMinor = Math.min(Amount.sum(spentMinor, saving), DiscountBudget.LARGEST_MINOR);
            conversions++;
        } else if (dayOf(outcome.eventTime()) == dayOf(time) - Millis.DAY) {
            beforeMinor = Math.min(Amount.sum(beforeMinor, saving), DiscountBudget.LARGEST_MINOR);
            carriedMinor = budget.carried(MinorUnits.difference(carriedMinor, saving));
        }
        return true;
    }

    private void advance(long now, LongUnaryOperator others) {
        if (now <= time) {
            return;
        }
        if (time != Long.MIN_VALUE && dayOf(now) > dayOf(time)) {
            settle(dayOf(now), others);
            spentMinor = 0;
            conversions = 0;
            spentAt = 0;
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

    /** What it has spent. */
    public BudgetSpending spending() {
        return new BudgetSpending(budget, dayOf(time), spentMinor, spentAt, carriedMinor, beforeMinor);
    }

    /**
     * Whether the day's budget leaves less than a usual discount, the first time on a day that it does.
     *
     * @param others what the same budget has spent in other experiments of the strategy on the day, in minor units
     */
    boolean isSpent(long others) {
        double usual = conversions == 0 ? 1 : (double) spentMinor / conversions;
        double left = budget.limitMinor(carriedMinor) - others - spentMinor;
        boolean first = spentAt == 0 && left < usual;
        spentAt = first ? time : spentAt;
        return first;
    }
}
