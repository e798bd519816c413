package dev.kombo.research.study;

import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ShopperObservations;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.shop.simulation.HashedDraws;
import java.util.Map;

/**
 * Shoppers that come back: each has an activity and a usual basket of its own, log-normal, that stay what they were
 * before entry, so that earlier revenue foretells later revenue. Purchases are a Poisson process; baskets are
 * log-normal; one purchase in twenty is returned a week later. The constants give a capped revenue of the window whose
 * coefficient of variation is about 4; {@link Truth} measures it.
 */
final class SpendingModel {
    /** Most that a shopper counts for: the service's default. */
    static final long CAP_MINOR = UpliftSettings.REVENUE_CAP.defaultValue();

    static final String CURRENCY = "GBP";

    private static final Measure WINDOW = Measure.REVENUE_28D;
    private static final long RETURN_MILLIS = Measure.REVENUE_7D.millis();
    /** Windows before entry that are known of. */
    private static final int PRIOR_WINDOWS = 3;

    private static final int WINDOW_DAYS = 28;

    /** Views for each purchase, and carts beside those that are bought. */
    private static final double VIEWS = 20;

    private static final double CARTS = 2;

    private static final double PURCHASES = 0.2;
    private static final double ACTIVITY_SPREAD = 1;
    private static final double MEDIAN_BASKET_MINOR = 3000;
    private static final double BASKET_SPREAD = 0.9;
    private static final double WEALTH_SPREAD = 0.5;
    private static final double RETURNED = 0.05;

    private SpendingModel() {}

    /**
     * One shopper, with what is paid in the 28 days after assignment.
     *
     * @param draws of this shopper only
     * @param effect of the arm, on purchases after assignment
     * @param season factor on all baskets
     */
    static ShopperObservations shopper(HashedDraws draws, Enrollment enrollment, Effect effect, double season) {
        double rate = PURCHASES * Math.exp(ACTIVITY_SPREAD * draws.gaussian() - ACTIVITY_SPREAD * ACTIVITY_SPREAD / 2);
        double basket = MEDIAN_BASKET_MINOR * season * Math.exp(WEALTH_SPREAD * draws.gaussian());
        long spent = 0;
        long prior = 0;
        int purchases = 0;
        int recent = 0;
        for (int before = PRIOR_WINDOWS; before > 0; before--) {
            prior = 0;
            recent = poisson(draws, rate);
            purchases += recent;
            for (int left = recent; left > 0; left--) {
                prior += basket(draws, basket);
            }
            spent += prior;
        }
        ShopperObservations observations = new ShopperObservations();
        double[] times = new double[poisson(draws, rate * effect.frequency())];
        long[] paid = new long[times.length];
        boolean[] returned = new boolean[times.length];
        for (int i = 0; i < times.length; i++) {
            paid[i] = basket(draws, basket * effect.basket());
            times[i] = draws.unit();
            returned[i] = draws.chance(RETURNED);
        }
        observations.enter(enrollment, Map.of(CURRENCY, prior), known(draws, rate, spent, purchases, recent));
        for (int i = 0; i < times.length; i++) {
            long time = enrollment.enteredAt() + 1 + (long) (times[i] * (WINDOW.millis() - 1));
            observations.paid(CURRENCY, paid[i], time, time);
            if (returned[i]) {
                observations.paid(CURRENCY, -paid[i], time, time + RETURN_MILLIS);
            }
        }
        return observations;
    }

    /** Views and carts of the same activity; a shopper without any event before entry is a newcomer. */
    private static Covariates known(HashedDraws draws, double rate, long spent, int purchases, int recent) {
        int views = poisson(draws, rate * PRIOR_WINDOWS * VIEWS);
        int carts = purchases + poisson(draws, rate * PRIOR_WINDOWS * CARTS);
        int known = views + carts == 0 ? 0 : PRIOR_WINDOWS * WINDOW_DAYS;
        int since = recent == 0 ? 0 : 1 + (int) ((WINDOW_DAYS - 1) * (1 - Math.pow(draws.unit(), 1.0 / recent)));
        return new Covariates(spent, purchases, views, carts, known, recent, since);
    }

    /** What a shopper adds to the comparison after the window, capped as the service caps it. */
    static UserObservation observe(ShopperObservations shopper) {
        Enrollment enrollment = shopper.entries().get(0).enrollment();
        for (MaturedWindow window : shopper.mature(enrollment.enteredAt() + WINDOW.millis())) {
            if (window.matured().measure().equals(WINDOW.label())) {
                for (MaturedMeasure.Value value : window.matured().values()) {
                    return observed(enrollment, capped(value.response()), capped(value.covariate()));
                }
            }
        }
        return observed(enrollment, 0, 0);
    }

    private static UserObservation observed(Enrollment enrollment, double response, double covariate) {
        return new UserObservation(enrollment.arm(), enrollment.strategyVersion(), response, covariate);
    }

    private static double capped(double amount) {
        return Math.max(-(double) CAP_MINOR, Math.min((double) CAP_MINOR, amount));
    }

    private static long basket(HashedDraws draws, double median) {
        return Math.round(median * Math.exp(BASKET_SPREAD * draws.gaussian()));
    }

    /** Events until the product of uniform draws falls below {@code exp(-mean)}: sums of exponential waiting times. */
    private static int poisson(HashedDraws draws, double mean) {
        double limit = Math.exp(-mean);
        double product = draws.unit();
        int count = 0;
        while (product > limit) {
            product *= draws.unit();
            count++;
        }
        return count;
    }
}
