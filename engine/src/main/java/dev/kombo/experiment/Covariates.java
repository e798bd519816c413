package dev.kombo.experiment;

import dev.kombo.codec.Fields;

/**
 * What a shopper's profile holds at the moment of assignment, from which the responses are predicted. No offer of the
 * experiment can have changed it, so it is distributed alike in all arms.
 *
 * @param spentMinor revenue less returns since the first event, in minor units, whatever the currency
 * @param purchases purchased lines since the first event
 * @param views views since the first event
 * @param carts lines put into the cart since the first event
 * @param daysKnown days since the first event; 0: a newcomer
 * @param orderDays days with a purchase among the 27 before
 * @param daysSinceOrder days since the latest of them; 0: there was none
 */
public record Covariates(
        long spentMinor, int purchases, int views, int carts, int daysKnown, int orderDays, int daysSinceOrder) {
    /** Stands for covariates that are to be read. */
    public static final Covariates BLANK = new Covariates(0, 0, 0, 0, 0, 0, 0);

    /** Number of features, the constant included. */
    public static final int FEATURES = 15;

    private static final double WINDOW_DAYS = 28;

    /** Views in 28 days of a shopper who is very active. */
    private static final double MANY_VIEWS = 100;

    /** Amounts below the cap over this count as about nothing in logarithms. */
    private static final double FINENESS = 100_000;

    public Covariates fields(Fields f) {
        return new Covariates(
                f.number(spentMinor),
                f.number(purchases),
                f.number(views),
                f.number(carts),
                f.number(daysKnown),
                f.number(orderDays),
                f.number(daysSinceOrder));
    }

    /**
     * The features that a prediction is linear in, each about 0 to 1 or a logarithm. Roots and logarithms beside the
     * amounts, because revenue grows more slowly than what was paid before; activity and its geometric mean with what
     * is usually spent, because revenue is in proportion to both. Newcomers are a level of their own.
     *
     * @param priorRevenue revenue of the 28 days before, in the currency of the response, in minor units
     * @param cap most that a shopper counts for, in minor units, positive
     */
    public double[] features(double priorRevenue, double cap) {
        double perWindow = WINDOW_DAYS / Math.max(WINDOW_DAYS, daysKnown + 1.0);
        double recent = Math.max(0, Math.min(1, priorRevenue / cap));
        double usual = Math.max(0, Math.min(1, spentMinor * perWindow / cap));
        double activity = views * perWindow / MANY_VIEWS;
        return new double[] {
            1,
            daysKnown == 0 ? 1 : 0,
            recent,
            Math.sqrt(recent),
            usual,
            Math.sqrt(usual),
            Math.log1p(purchases * perWindow),
            Math.log1p(views * perWindow),
            Math.log1p(carts * perWindow),
            Math.log1p(orderDays),
            daysSinceOrder == 0 ? 0 : Math.exp(-daysSinceOrder / WINDOW_DAYS),
            Math.log1p(FINENESS * recent),
            Math.log1p(FINENESS * usual),
            activity,
            Math.sqrt(activity * usual)
        };
    }
}
