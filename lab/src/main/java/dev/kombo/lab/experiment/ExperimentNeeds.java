package dev.kombo.lab.experiment;

import dev.kombo.experiment.uplift.ConfidenceSequence;
import dev.kombo.experiment.uplift.UpliftSettings;
import java.util.concurrent.TimeUnit;

/**
 * What an experiment would take on the shoppers of a past: how many until a treatment that earns more is told from the
 * holdout in four of five experiments, and when that many would have come. Traffic is that of the past, then that of its
 * last four weeks.
 *
 * @param past the shoppers
 * @param mean capped revenue of a shopper
 * @param variance of capped revenue, with the covariate
 * @param error of the comparison
 */
public record ExperimentNeeds(ShopPast past, double mean, double variance, double error) {
    /** 0.8 quantile of the standard normal distribution: the power of 80 %. */
    private static final double POWER = 0.8416;

    private static final double MOST_SHOPPERS = 1e10;
    private static final double RECENT_DAYS = 28;
    private static final double DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    /**
     * Returns the needs on a past.
     *
     * @param capMinor most that a shopper counts for, in minor units
     * @param varianceKept variance with the covariate over that without
     * @param treatments that are compared with the holdout and share the error
     */
    public static ExperimentNeeds of(ShopPast past, long capMinor, double varianceKept, int treatments) {
        double[] capped = past.revenue()
                .map(revenue -> Math.max(-(double) capMinor, Math.min((double) capMinor, revenue)))
                .toArray();
        double sum = 0;
        double squares = 0;
        for (double revenue : capped) {
            sum += revenue;
            squares += revenue * revenue;
        }
        double mean = sum / capped.length;
        return new ExperimentNeeds(
                past,
                mean,
                varianceKept * (squares / capped.length - mean * mean),
                UpliftSettings.standard().error() / treatments);
    }

    /** The arms that are compared, as shares of all shoppers. */
    public record Shares(double treatment, double holdout) {
        double smaller() {
            return Math.min(treatment, holdout);
        }
    }

    /** The smallest effect, relative to the mean, that so many observed shoppers show. */
    public double detectable(double shoppers, Shares shares, double tightestAt) {
        double smaller = shoppers * shares.smaller();
        if (smaller < UpliftSettings.standard().burnIn()) {
            return Double.POSITIVE_INFINITY;
        }
        double deviation = Math.sqrt(variance * (1 / shares.treatment() + 1 / shares.holdout()) / shoppers);
        return (new ConfidenceSequence(error).multiplier(smaller / tightestAt) + POWER) * deviation / mean;
    }

    /** Shoppers until an effect is seen; infinite if no number within reason does it. */
    public double shoppers(double effect, Shares shares) {
        double tightestAt = UpliftSettings.standard().tightestAt();
        double low = 1;
        double high = MOST_SHOPPERS;
        if (!(detectable(high, shares, tightestAt) <= effect)) {
            return Double.POSITIVE_INFINITY;
        }
        while (high / low > 1.001) {
            double middle = Math.sqrt(low * high);
            if (detectable(middle, shares, tightestAt) <= effect) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.ceil(high);
    }

    /** Days until so many shoppers were assigned and observed. */
    public double days(double shoppers) {
        double window = ShopPast.MEASURE.millis() / DAY_MILLIS;
        int known = past.shoppers().size();
        if (shoppers <= known) {
            return day((int) shoppers - 1) + window;
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

    private double day(int shopper) {
        return sinceStart(past.shoppers().get(shopper).enteredAt());
    }

    private double sinceStart(long time) {
        return (time - past.shoppers().get(0).enteredAt()) / DAY_MILLIS;
    }
}
