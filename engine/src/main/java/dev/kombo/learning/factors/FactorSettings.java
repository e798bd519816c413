package dev.kombo.learning.factors;

import static dev.kombo.settings.Range.between;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of the factor vectors: {@link RowProduct}. */
public record FactorSettings(
        int factors, float eventStep, double regularization, double sweepUpdatesPerRow, long seed) {
    public static final Setting<Double> EVENT_STEP = Setting.ofDouble(
                    "kombo.learning.event.step", 0.5, between(0.0, 1.0))
            .low("Share of the way to the minimum of its loss that the vector of an item or bundle moves"
                    + " at each publication; 0: vectors move only in sweeps.");
    public static final Setting<Double> REGULARIZATION = Setting.ofDouble(
                    "kombo.learning.regularization", 0.001, between(0.0, 1.0))
            .low("Regularisation of the basis of factor vectors, relative to the mean of its eigenvalues.");
    public static final Setting<Double> SWEEP_UPDATES = Setting.ofDouble(
                    "kombo.learning.sweep.updates.per.row", 0.125, between(0.01, 1e9))
            .medium("Fewest updates between two sweeps of an item task, per item and bundle that it holds.");

    /**
     * Seed of initial vectors and weights in every shop. Which number it is does not matter, but all instances must
     * have the same, so that they agree on the vector of an entity that nobody has reported yet.
     */
    public static final long SEED = 1;

    /**
     * Reads the settings.
     *
     * @param seed of initial vectors and weights; {@link #SEED} but in evaluations, which repeat a run with others
     */
    public static FactorSettings of(SettingValues values, long seed) {
        return new FactorSettings(
                values.get(IndexSettings.FACTORS),
                values.get(EVENT_STEP).floatValue(),
                values.get(REGULARIZATION),
                values.get(SWEEP_UPDATES),
                seed);
    }
}
