package dev.kombo.lab.simulation;

/**
 * Draws the number of lines of an order: log-normal, rounded, at least 1 and at most what the kind of basket allows.
 */
final class OrderSizes {
    private static final double REACH = 6;
    private static final double STEP = 0.001;

    private final int most;
    /** Expected lines beyond k, given at least k lines. */
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
            // An order with k + 1 lines has one line more than the expectation beyond k + 1.
            beyond[k] = reached + share[k] == 0 ? 0 : (further + reached) / (reached + share[k]);
            further += reached;
            reached += share[k];
        }
    }

    private int lines(double z) {
        double drawn = Math.exp(ShopStatistics.LINES_LOG_MEAN + ShopStatistics.LINES_LOG_SPREAD * z);
        return (int) Math.max(1, Math.min(most, Math.round(drawn)));
    }

    /** Draws the number of lines of one order. */
    int draw(HashedDraws draws) {
        return lines(draws.gaussian());
    }

    /** Returns the expected number of further lines, given the lines in the cart and that the order is not over. */
    double expectedBeyond(int lines) {
        return lines > most ? 0 : beyond[lines];
    }
}
