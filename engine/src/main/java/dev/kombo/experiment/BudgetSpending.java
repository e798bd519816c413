package dev.kombo.experiment;

/**
 * What a budget of an experiment has spent, as last published by the experiment's report task.
 *
 * @param budget the budget
 * @param day start of the UTC day that it is about, epoch milliseconds
 * @param spentMinor cost of the discounts bought on that day, in minor units
 * @param reservedMinor what open offers may still cost on that day, in minor units
 * @param laterMinor what they may cost on later days, in minor units
 * @param multiplier what a minor unit of discount counts for beyond itself where offers are valued
 */
public record BudgetSpending(
        DiscountBudget budget, long day, long spentMinor, long reservedMinor, long laterMinor, double multiplier) {
    /** Length of a UTC day in milliseconds. */
    public static final long DAY_MILLIS = 86_400_000;

    /** Start of the UTC day of a time, epoch milliseconds. */
    public static long dayOf(long time) {
        return Math.floorDiv(time, DAY_MILLIS) * DAY_MILLIS;
    }

    /** What is spent or reserved of the day of a time; on a day that nothing was published about, what was reserved for it. */
    public long usedMinor(long time) {
        return dayOf(time) > day ? laterMinor : spentMinor + reservedMinor;
    }
}
