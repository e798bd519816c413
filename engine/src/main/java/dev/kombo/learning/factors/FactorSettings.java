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
    public static final Setting<Long> SEED = Setting.ofLong(
                    "kombo.learning.seed", 1, between(Long.MIN_VALUE, Long.MAX_VALUE))
            .low("Seed of initial vectors and weights, and of negative samples.");

    /** Reads the settings. */
    public static FactorSettings of(SettingValues values) {
        return new FactorSettings(
                values.get(IndexSettings.FACTORS),
                values.get(EVENT_STEP).floatValue(),
                values.get(REGULARIZATION),
                values.get(SWEEP_UPDATES),
                values.get(SEED));
    }
}
