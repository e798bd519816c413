package dev.kombo.ranking.slate;

import dev.kombo.catalog.StableHash;
import dev.kombo.ranking.exploration.NewBundleDraws;

/**
 * Chooses a slate position by position. At temperature 0 it takes the most valuable entry, with probability 1. Above 0
 * it draws with probabilities exp(value / temperature), normalised over the entries not yet chosen: a Plackett-Luce
 * ranking (Plackett 1975, Luce 1959) whose values may depend on the prefix. The probability of each choice given the
 * ranks above is known exactly, so other policies can be evaluated from the log. Draws come from a hash of the event,
 * so that a retry makes the same slate. Not thread-safe.
 */
final class SlatePolicy {
    private double[] weights = new double[64];
    private double total;
    private double propensity;

    /**
     * Chooses an entry.
     *
     * @param values value of each entry at this position
     * @param taken entries chosen before
     * @param count number of entries; at least one is not taken
     * @param temperature 0 or above
     * @param draw in [0, 1)
     * @return index of the entry; its probability is {@link #propensity}
     */
    int choose(double[] values, boolean[] taken, int count, double temperature, double draw) {
        if (temperature == 0) {
            propensity = 1;
            return best(values, taken, count);
        }
        weigh(values, taken, count, temperature);
        int chosen = NewBundleDraws.choose(weights, count, draw * total);
        propensity = probability(chosen);
        return chosen;
    }

    /** Sets the probability of a choice that could be made in more than one way. */
    void mixed(double probability) {
        propensity = probability;
    }

    /** Computes the {@link #probability} of each entry; parameters as in {@link #choose}. */
    void weigh(double[] values, boolean[] taken, int count, double temperature) {
        if (count > weights.length) {
            weights = new double[count];
        }
        int best = best(values, taken, count);
        total = 0;
        for (int p = 0; p < count; p++) {
            if (temperature == 0) {
                weights[p] = p == best ? 1 : 0;
            } else {
                // Relative to the largest value: the largest weight is 1, and none overflows.
                weights[p] = taken[p] ? 0 : Math.exp((values[p] - values[best]) / temperature);
            }
            total += weights[p];
        }
    }

    /** Probability that an entry is chosen, from the latest {@link #weigh}. */
    double probability(int p) {
        return weights[p] / total;
    }

    /** Returns the most valuable entry that is not taken. */
    static int best(double[] values, boolean[] taken, int count) {
        int best = -1;
        for (int p = 0; p < count; p++) {
            if (!taken[p] && (best < 0 || values[p] > values[best])) {
                best = p;
            }
        }
        return best;
    }

    /** Probability of the latest choice, given the ranks above it. */
    double propensity() {
        return propensity;
    }

    /** The draw of a position, in [0, 1), from the hash of the event and placement. */
    static double draw(long seed, int position) {
        return StableHash.unit(StableHash.combine(seed, position));
    }
}
