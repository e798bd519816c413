package dev.kombo.shop.plan;

import dev.kombo.experiment.uplift.SampleSize;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.settings.Millis;
import java.util.stream.DoubleStream;

/**
 * What an experiment would take on the shoppers of a past: how many until a treatment that earns more is told from the
 * holdout with 80 % power, and when that many would have come. Traffic is that of the past, then that of its last four
 * weeks.
 */
public final class ExperimentNeeds {
    private static final double DAY_MILLIS = Millis.DAY;

    /** Days at the end of the past from which the traffic is taken. */
    private static final double RECENT_DAYS = 28;

    private final ShopPast past;
    private final SampleSize size;

    private ExperimentNeeds(ShopPast past, SampleSize size) {
        this.past = past;
        this.size = size;
    }

    /**
     * Returns the needs on a past.
     *
     * @param capMinor most that a shopper counts for, in minor units
     * @param varianceKept variance with the covariate over that without
     * @param treatments that are compared with the holdout and share the error
     * @param plannedUsers planned end; 0: none
     */
    public static ExperimentNeeds of(
            ShopPast past, long capMinor, double varianceKept, int treatments, long plannedUsers) {
        double[] capped = past.revenue()
                .map(revenue -> Math.max(-(double) capMinor, Math.min((double) capMinor, revenue)))
                .toArray();
        double mean = DoubleStream.of(capped).sum() / capped.length;
        double squares =
                DoubleStream.of(capped).map(revenue -> revenue * revenue).sum() / capped.length;
        double variance = varianceKept * (squares - mean * mean);
        return new ExperimentNeeds(
                past, new SampleSize(mean, variance, UpliftSettings.standard().error() / treatments, plannedUsers));
    }

    /** The size of the comparison in capped revenue. */
    public SampleSize size() {
        return size;
    }

    /** Days until so many shoppers were assigned and observed. */
    public double days(double shoppers) {
        double window = ShopPast.MEASURE.millis() / DAY_MILLIS;
        int known = past.shoppers().size();
        if (shoppers <= known) {
            return sinceStart(past.shoppers().get((int) shoppers - 1).enteredAt()) + window;
        }
        return past.days() + (shoppers - known) / newADay() + window;
    }

    /** Shoppers observed when an experiment has run for so many days. */
    public double observed(double days) {
        double assigning = days - ShopPast.MEASURE.millis() / DAY_MILLIS;
        if (assigning > past.days()) {
            return past.shoppers().size() + (assigning - past.days()) * newADay();
        }
        return past.shoppers().stream()
                .takeWhile(one -> sinceStart(one.enteredAt()) <= assigning)
                .count();
    }

    /** Shoppers a day who are assigned once those who come often are, from the last four weeks of the past. */
    public double newADay() {
        double span = Math.min(RECENT_DAYS, past.days());
        long recent = past.shoppers().stream()
                .filter(one -> sinceStart(one.enteredAt()) > past.days() - span)
                .count();
        return recent / Math.max(1, span);
    }

    private double sinceStart(long time) {
        return (time - past.shoppers().get(0).enteredAt()) / DAY_MILLIS;
    }
}
