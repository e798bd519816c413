package dev.kombo.experiment.allocation;

import java.util.stream.DoubleStream;

/** Moves shares within bounds. */
final class BoundedShares {
    /** Shares move by whole multiples of this. */
    static final double UNIT = 0.001;

    /** Removes the rounding errors of binary fractions. */
    private static final double ROUNDING = 1e-6;

    private static final int HALVINGS = 100;

    /** Beyond this part of 1, digits are those of binary fractions. */
    private static final double DIGITS = 1e12;

    private BoundedShares() {}

    /**
     * The shares within bounds nearest to those wanted, by the sum of squares: all are moved by the same amount and
     * clipped to their bounds (projection onto a simplex with bounds; the amount is found by bisection, since the sum
     * grows with it).
     *
     * @param wanted shares
     * @param lowest least share of each
     * @param highest largest share of each, not below the least
     * @param sum of the shares, between those of the bounds
     */
    static double[] nearest(double[] wanted, double[] lowest, double[] highest, double sum) {
        double below = Double.POSITIVE_INFINITY;
        double above = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < wanted.length; k++) {
            below = Math.min(below, lowest[k] - wanted[k]);
            above = Math.max(above, highest[k] - wanted[k]);
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (below + above);
            if (DoubleStream.of(moved(wanted, lowest, highest, middle)).sum() < sum) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return moved(wanted, lowest, highest, above);
    }

    private static double[] moved(double[] wanted, double[] lowest, double[] highest, double amount) {
        double[] moved = new double[wanted.length];
        for (int k = 0; k < wanted.length; k++) {
            moved[k] = Math.max(lowest[k], Math.min(highest[k], wanted[k] + amount));
        }
        return moved;
    }

    /**
     * By how many units each share changes: towards the wanted share and never beyond it, with equal gains and losses.
     * Where rounding leaves one side larger, the largest changes of that side are reduced.
     */
    static int[] units(double[] before, double[] wanted) {
        int[] units = new int[before.length];
        int sum = 0;
        for (int k = 0; k < before.length; k++) {
            double change = (wanted[k] - before[k]) / UNIT;
            units[k] = (int) (change + Math.copySign(ROUNDING, change));
            sum += units[k];
        }
        while (sum != 0) {
            int direction = Integer.signum(sum);
            int largest = 0;
            for (int k = 1; k < units.length; k++) {
                if (direction * units[k] > direction * units[largest]) {
                    largest = k;
                }
            }
            units[largest] -= direction;
            sum -= direction;
        }
        return units;
    }

    /** A share changed by units, without the trailing digits of binary fractions. */
    static double plus(double share, int units) {
        return Math.rint((share + units * UNIT) * DIGITS) / DIGITS;
    }
}
