package dev.kombo.shop.simulation;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Which items each simulated shopper likes: half of it is their own, which drifts, 35 % that of a cluster of
 * similar shoppers, 15 % common to all. Immutable.
 */
final class Preferences {
    static final int CLUSTERS = 12;

    private static final double OWN = 0.5;
    private static final double CLUSTER = 0.35;
    private static final double GLOBAL = 0.15;
    /** Standard deviation of an item's logit by preference. */
    private static final double STRENGTH = 1.2;
    /** Days over which a preference moves halfway to the next. */
    private static final int DRIFT_DAYS = 60;
    /** Correlation of two preferences that many days apart. */
    private static final double KEPT = 0.9;

    private static final long CLUSTER_SALT = 0x636c7573L;
    private static final long TASTE_SALT = 0x74617374L;

    private final SimulatedCatalog catalog;
    private final long seed;
    private final double[][] clusters = new double[CLUSTERS][];

    Preferences(SimulatedCatalog catalog, long seed) {
        this.catalog = catalog;
        this.seed = seed;
        for (int c = 0; c < CLUSTERS; c++) {
            clusters[c] = choices(new HashedDraws(seed, CLUSTER_SALT, c).gaussians(SimulatedCatalog.TRAITS));
        }
    }

    /** Returns the probability of each item, for a shopper on a day; sums to 1. */
    double[] preferences(SimulatedShopper shopper, int day) {
        double[] preferences = choices(preference(shopper.number(), day));
        double[] cluster = clusters[shopper.cluster()];
        for (int i = 0; i < preferences.length; i++) {
            preferences[i] = (OWN * preferences[i] + CLUSTER * cluster[i] + GLOBAL * catalog.demand(i))
                    * catalog.variant().season(SimulatedCatalog.category(i), day);
        }
        double sum = catalog.variant() == WorldVariant.SEASON
                ? DoubleStream.of(preferences).sum()
                : 1;
        for (int i = 0; i < preferences.length; i++) {
            preferences[i] /= sum;
        }
        return preferences;
    }

    /** A shopper's own preference: standard normal at any time, moving steadily from one draw to the next. */
    private double[] preference(int shopper, int day) {
        int knot = day / DRIFT_DAYS;
        double[] from = new HashedDraws(seed, TASTE_SALT, shopper, 0).gaussians(SimulatedCatalog.TRAITS);
        for (int k = 1; k <= knot; k++) {
            from = next(from, shopper, k);
        }
        double[] to = next(from, shopper, knot + 1);
        double way = (day % DRIFT_DAYS) / (double) DRIFT_DAYS;
        double[] preference = new double[from.length];
        double length = Math.sqrt(way * way + (1 - way) * (1 - way) + 2 * way * (1 - way) * KEPT);
        for (int t = 0; t < preference.length; t++) {
            preference[t] = ((1 - way) * from[t] + way * to[t]) / length;
        }
        return preference;
    }

    private double[] next(double[] before, int shopper, int knot) {
        double[] fresh = new HashedDraws(seed, TASTE_SALT, shopper, knot).gaussians(before.length);
        double[] after = new double[before.length];
        Arrays.setAll(after, t -> KEPT * before[t] + Math.sqrt(1 - KEPT * KEPT) * fresh[t]);
        return after;
    }

    private double[] choices(double[] preference) {
        double[] weights = new double[SimulatedCatalog.ITEMS];
        double scale = STRENGTH / Math.sqrt(preference.length);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double[] traits = catalog.traits(i);
            double fit = 0;
            for (int t = 0; t < preference.length; t++) {
                fit += preference[t] * traits[t];
            }
            weights[i] = catalog.demand(i) * Math.exp(scale * fit);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
