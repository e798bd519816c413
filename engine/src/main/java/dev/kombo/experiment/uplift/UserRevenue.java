package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Measure;
import dev.kombo.price.MinorUnits;

/**
 * A shopper's revenue per window after assignment, and what else is measured in money, in one currency, until each
 * window is reported. Not thread-safe.
 *
 * <p>A window starts at assignment and ends before {@code enteredAt + length}. Money that arrives after its window was
 * reported is not counted, alike in all arms; a later report catches later events.
 */
public final class UserRevenue {
    private static final Measure[] REVENUES = {Measure.REVENUE_1D, Measure.REVENUE_7D, Measure.REVENUE_28D};
    private static final Measure[] OTHERS = {Measure.MARGIN_28D, Measure.DISCOUNT_28D};

    private final long enteredAt;
    private final long priorMinor;
    private final long[] revenueMinor = new long[Measure.values().length];

    /**
     * Creates the revenue of a newly assigned shopper.
     *
     * @param enteredAt epoch milliseconds
     * @param priorMinor revenue before assignment in minor units
     */
    public UserRevenue(long enteredAt, long priorMinor) {
        this.enteredAt = enteredAt;
        this.priorMinor = priorMinor;
    }

    UserRevenue fields(Fields f) {
        UserRevenue revenue = new UserRevenue(enteredAt, f.number(priorMinor));
        for (Measure measure : REVENUES) {
            revenue.revenueMinor[measure.ordinal()] = f.number(revenueMinor[measure.ordinal()]);
        }
        if (f.since(ShopperObservations.HISTORY_LAYOUT)) {
            for (Measure measure : OTHERS) {
                revenue.revenueMinor[measure.ordinal()] = f.number(revenueMinor[measure.ordinal()]);
            }
        }
        return revenue;
    }

    /** Revenue before assignment in minor units. */
    public long priorMinor() {
        return priorMinor;
    }

    /** Money in the window of a measure so far, in minor units, not capped. */
    public long revenueMinor(Measure measure) {
        return revenueMinor[measure.ordinal()];
    }

    /**
     * Adds money, negative for a return, to each unreported window that includes the time.
     *
     * @param time epoch milliseconds
     * @param reported one bit per measure that was reported
     */
    public void add(long amountMinor, long time, int reported) {
        for (Measure measure : REVENUES) {
            if ((reported & measure.bit()) == 0 && time >= enteredAt && time - enteredAt < measure.millis()) {
                add(measure, amountMinor);
            }
        }
    }

    /** Adds money of another kind than revenue, in whose window the event is. */
    void add(Measure measure, long amountMinor) {
        revenueMinor[measure.ordinal()] = MinorUnits.sum(revenueMinor[measure.ordinal()], amountMinor);
    }
}
