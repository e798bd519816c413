package dev.kombo.experiment;

import dev.kombo.settings.Millis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a budget of an experiment has spent, as last published by the experiment's report task.
 *
 * @param budget the budget
 * @param day start of the UTC day that it is about, epoch milliseconds
 * @param spentMinor cost of the discounts bought on that day, in minor units
 * @param reservedMinor what open offers may still cost on that day, in minor units
 * @param laterMinor what they may cost on later days, in minor units
 * @param spentAt when less than a usual discount was left on that day, epoch milliseconds; 0: it is not spent
 * @param carriedMinor what the day before left, or, negative, cost beyond its budget: that day has so much more
 * @param beforeMinor cost of the discounts bought on the day before, in minor units
 */
public record BudgetSpending(
        DiscountBudget budget,
        long day,
        long spentMinor,
        long reservedMinor,
        long laterMinor,
        long spentAt,
        long carriedMinor,
        long beforeMinor) {
    /** What is wrong with what was published of an experiment; null if nothing is. */
    public static @Nullable String problem(List<BudgetSpending> published) {
        if (published.size() > DiscountBudget.MOST) {
            return "budgets has " + published.size() + " entries, more than " + DiscountBudget.MOST;
        }
        for (BudgetSpending one : published) {
            for (long minor : new long[] {
                one.budget.minorPerDay(), one.spentMinor, one.reservedMinor, one.laterMinor, one.beforeMinor
            }) {
                if (minor < 0 || minor > DiscountBudget.LARGEST_MINOR) {
                    return one.budget.name() + " has the amount " + minor + ", which is not within 0 and "
                            + DiscountBudget.LARGEST_MINOR;
                }
            }
            if (Math.abs((double) one.carriedMinor) > DiscountBudget.LARGEST_MINOR) {
                return one.budget.name() + " carries the amount " + one.carriedMinor + ", which is larger than "
                        + DiscountBudget.LARGEST_MINOR;
            }
        }
        return null;
    }

    /** Start of the UTC day of a time, epoch milliseconds. */
    public static long dayOf(long time) {
        return Millis.day(time) * Millis.DAY;
    }

    /**
     * What is spent or reserved of the day of a time. On the day after the one that it is about, this is what was
     * reserved for it; later nothing, since offers of that day have mostly ended.
     */
    public long usedMinor(long time) {
        if (dayOf(time) <= day) {
            return spentMinor + reservedMinor;
        }
        return dayOf(time) == day + Millis.DAY ? laterMinor : 0;
    }

    /** What was spent on a UTC day, as far as it is known. */
    long spentOn(long ofDay) {
        return ofDay == day ? spentMinor : ofDay == day - Millis.DAY ? beforeMinor : 0;
    }
}
