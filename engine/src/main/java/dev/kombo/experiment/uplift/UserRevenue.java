package dev.kombo.experiment.uplift;

/**
 * What a shopper paid in the windows after entry, in one currency, until each window is told. Touched by one thread.
 *
 * <p>A window holds entry and ends before {@code enteredAt + length}. What comes after a window was told is lost to it, alike
 * in all arms: who expects late events tells later.
 */
public final class UserRevenue {
    private static final Measure[] MEASURES = Measure.values();

    private final long enteredAt;
    private final long priorMinor;
    private final long[] revenueMinor = new long[MEASURES.length];

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

    /** Puts back what was stored of the window of a measure. */
    public void restore(Measure measure, long storedMinor) {
        revenueMinor[measure.ordinal()] = storedMinor;
    }

    /** Revenue before entry in minor units. */
    public long priorMinor() {
        return priorMinor;
    }

    /** Revenue in the window of a measure so far, in minor units, not capped. */
    public long revenueMinor(Measure measure) {
        return revenueMinor[measure.ordinal()];
    }

    /**
     * Adds money, negative for what goes back, to each window that holds the time and was not told.
     *
     * @param time epoch milliseconds
     * @param told a bit for each measure that was told
     */
    public void add(long amountMinor, long time, int told) {
        for (Measure measure : MEASURES) {
            if (measure.money()
                    && (told & measure.bit()) == 0
                    && time >= enteredAt
                    && time - enteredAt < measure.millis()) {
                revenueMinor[measure.ordinal()] += amountMinor;
            }
        }
    }
}
