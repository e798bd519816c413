package dev.kombo.learning;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of the matrix factorisation. */
public record FactorSettings(
        int factors,
        float userRate,
        float itemRate,
        float regularization,
        int negatives,
        float popularNegatives,
        int replays,
        Loss loss,
        float gradientNorm,
        float flushNorm,
        long seed) {
    public static final Setting<Integer> FACTORS = Setting.ofInt("kombo.learning.factors", 64, between(2, 512))
            .medium("Length of user and item factors. A change needs a reset of the models.");
    public static final Setting<Loss> LOSS =
            Setting.ofChoice("kombo.learning.loss", Loss.LOGISTIC).low("Loss of the matrix factorisation.");
    public static final Setting<Double> USER_RATE = Setting.ofDouble(
                    "kombo.learning.user.rate", 0.05, between(1e-6, 1.0))
            .low("Learning rate of user factors.");
    public static final Setting<Double> ITEM_RATE = Setting.ofDouble(
                    "kombo.learning.item.rate", 0.3, between(1e-6, 1.0))
            .low("Learning rate of item factors (AdaGrad).");
    public static final Setting<Double> REGULARIZATION = Setting.ofDouble(
                    "kombo.learning.regularization", 0.02, between(0.0, 1.0))
            .low("L2 regularisation of user and item factors.");
    public static final Setting<Integer> NEGATIVES = Setting.ofInt("kombo.learning.negatives", 2, between(0, 20))
            .medium("Negative samples per event; each is one more record.");
    public static final Setting<Double> POPULAR_NEGATIVES = Setting.ofDouble(
                    "kombo.learning.popular.negatives", 1, between(0.0, 1.0))
            .low("Share of the negative samples that are drawn by popularity; the others are drawn uniformly.");
    public static final Setting<Integer> REPLAYS = Setting.ofInt("kombo.learning.replays", 10, between(0, 100))
            .medium("Steps on the shopper's own history per event; they change the user factor only.");
    public static final Setting<Double> GRADIENT_NORM = Setting.ofDouble(
                    "kombo.learning.gradient.norm", 1, between(1e-6, 1000.0))
            .low("Norm to which a gradient sent to an item is clipped.");
    public static final Setting<Double> FLUSH_NORM = Setting.ofDouble(
                    "kombo.learning.flush.norm", 1, between(1e-6, 1000.0))
            .low("Norm to which the change of an item's factors between two publications is clipped.");
    public static final Setting<Long> SEED = Setting.ofLong(
                    "kombo.learning.seed", 1, between(Long.MIN_VALUE, Long.MAX_VALUE))
            .low("Seed of initial factors, initial weights and negative samples.");

    /** Settings as given. */
    public static FactorSettings of(SettingValues values) {
        return new FactorSettings(
                values.get(FACTORS),
                values.get(USER_RATE).floatValue(),
                values.get(ITEM_RATE).floatValue(),
                values.get(REGULARIZATION).floatValue(),
                values.get(NEGATIVES),
                values.get(POPULAR_NEGATIVES).floatValue(),
                values.get(REPLAYS),
                values.get(LOSS),
                values.get(GRADIENT_NORM).floatValue(),
                values.get(FLUSH_NORM).floatValue(),
                values.get(SEED));
    }
}
