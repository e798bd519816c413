package dev.kombo.ranking;

import dev.kombo.learning.Logistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares predicted with actual conversions: how often bundles were bought, by deciles of the predicted rate. Keeps a
 * histogram over the log odds of the prediction, whose deciles divide a bin evenly where they end in it.
 *
 * <p>A conversion may come long after the bundle was shown; until then the bundle counts as not bought. Each example
 * fades as it does in the conversion model. Not thread-safe; used only by the thread that owns the model.
 */
public final class PredictedConversions {
    private static final int DECILES = 10;

    /** Log odds at which the first bin begins, a rate of 0.01 %; lower ones are counted in it. */
    private static final double LOWEST_LOG_ODDS = -9;

    /** Width of a bin in log odds: rates in it differ by a quarter. */
    private static final double BIN_WIDTH = 0.25;

    /** Number of bins; the last one begins at a rate of 68 % and has all that are higher. */
    private static final int BINS = 40;

    /** Arrays of the state: shown, predicted and bought. */
    private static final int COUNTS = 3;

    private static final double KEPT = 1 - 1 / ConversionModel.MEMORY;

    private final double[] shown = new double[BINS];
    private final double[] predicted = new double[BINS];
    private final double[] bought = new double[BINS];

    /**
     * A tenth of the bundles that were shown.
     *
     * @param bundles how many, faded
     * @param predicted mean predicted rate, 0 to 1
     * @param bought share that was bought through the offer
     */
    public record Decile(double bundles, double predicted, double bought) {}

    /** Creates a comparison without examples. */
    public PredictedConversions() {}

    /**
     * Restores a stored comparison.
     *
     * @param values as returned by {@link #values}; of another size: without examples
     */
    public PredictedConversions(double[] values) {
        if (values.length == COUNTS * BINS) {
            System.arraycopy(values, 0, shown, 0, BINS);
            System.arraycopy(values, BINS, predicted, 0, BINS);
            System.arraycopy(values, 2 * BINS, bought, 0, BINS);
        }
    }

    /** Its state; a copy. */
    public double[] values() {
        double[] values = Arrays.copyOf(shown, COUNTS * BINS);
        System.arraycopy(predicted, 0, values, BINS, BINS);
        System.arraycopy(bought, 0, values, 2 * BINS, BINS);
        return values;
    }

    /** Counts a bundle that was shown, with the log odds that were predicted before the model learned from it. */
    public void show(double logOdds) {
        if (Double.isNaN(logOdds)) {
            return;
        }
        for (int bin = 0; bin < BINS; bin++) {
            shown[bin] *= KEPT;
            predicted[bin] *= KEPT;
            bought[bin] *= KEPT;
        }
        int bin = binOf(logOdds);
        shown[bin]++;
        predicted[bin] += Logistic.sigmoid(logOdds);
    }

    /** Counts the conversion of a bundle that was shown before, with the log odds that are predicted now. */
    public void buy(double logOdds) {
        if (!Double.isNaN(logOdds)) {
            bought[binOf(logOdds)]++;
        }
    }

    private static int binOf(double logOdds) {
        double bin = Math.floor((logOdds - LOWEST_LOG_ODDS) / BIN_WIDTH);
        return (int) Math.max(0, Math.min(BINS - 1, bin));
    }

    /** The deciles, the lowest rates first; none before ten bundles were shown. */
    public List<Decile> deciles() {
        double all = Arrays.stream(shown).sum();
        if (Math.round(all) < DECILES) {
            return List.of();
        }
        List<Decile> deciles = new ArrayList<>(DECILES);
        double before = 0;
        for (int d = 1; d <= DECILES; d++) {
            // The last one has whatever rounding left.
            double upTo = d < DECILES ? all * d / DECILES : Double.POSITIVE_INFINITY;
            double bundles = sum(shown, upTo) - sum(shown, before);
            deciles.add(new Decile(
                    bundles,
                    (sum(predicted, upTo) - sum(predicted, before)) / bundles,
                    (sum(bought, upTo) - sum(bought, before)) / bundles));
            before = upTo;
        }
        return deciles;
    }

    /** The sum over so many bundles, the lowest rates first. */
    private double sum(double[] values, double bundles) {
        double left = bundles;
        double sum = 0;
        for (int bin = 0; bin < BINS && left > 0; bin++) {
            double part = shown[bin] == 0 ? 1 : Math.min(1, left / shown[bin]);
            sum += part * values[bin];
            left -= shown[bin];
        }
        return sum;
    }

    /** Expected calibration error: the mean distance of what was predicted and what was bought; NaN without deciles. */
    public double calibrationError() {
        List<Decile> deciles = deciles();
        double distance = 0;
        for (Decile decile : deciles) {
            distance += Math.abs(decile.predicted() - decile.bought());
        }
        return distance / deciles.size();
    }
}
