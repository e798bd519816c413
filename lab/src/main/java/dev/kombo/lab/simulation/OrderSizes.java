package dev.kombo.lab.simulation;

/** How many lines an order has: log-normal, rounded, at least 1 and at most what the kind of basket allows. */
final class OrderSizes {
    private static final double REACH = 6;
    private static final double STEP = 0.001;

    private final int most;
    /** Expected lines beyond k, of orders of at least k lines. */
    private final double[] beyond;

    OrderSizes(int most) {
        this.most = most;
        double[] share = new double[most + 1];
        for (double z = -REACH; z <= REACH; z += STEP) {
            share[lines(z)] += Math.exp(-z * z / 2);
        }
        beyond = new double[most + 1];
        double reached = 0;
        double further = 0;
        for (int k = most; k >= 0; k--) {
            // Whoever reaches k + 1 has one line more than those beyond k + 1 are counted with.
            beyond[k] = reached + share[k] == 0 ? 0 : (further + reached) / (reached + share[k]);
            further += reached;
            reached += share[k];
        }
    }

    private int lines(double z) {
        double drawn = Math.exp(ShopStatistics.LINES_LOG_MEAN + ShopStatistics.LINES_LOG_SPREAD * z);
        return (int) Math.max(1, Math.min(most, Math.round(drawn)));
    }

    /** Lines of one order. */
    int draw(HashedDraws draws) {
        return lines(draws.gaussian());
    }

    /** Expected lines still to come where so many were put in the cart and the order is not over. */
    double expectedBeyond(int lines) {
        return lines > most ? 0 : beyond[lines];
    }
}
