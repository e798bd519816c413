package dev.kombo.engine.shopper;

import static dev.kombo.settings.Range.between;

import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of the conversion model's training in the stream. */
public record ConversionModelSettings(double share, double memory) {
    private static final float LARGEST_INPUT = 8f;

    public static final Setting<Double> SAMPLING_RATE = Setting.ofDouble(
                    "kombo.conversion.model.sampling.rate", 1, between(0.001, 1.0))
            .low("Share of seen offers from which the conversion model learns, drawn by hash; it learns"
                    + " from every click and every conversion.");
    public static final Setting<Double> MEMORY = Setting.ofDouble(
                    "kombo.conversion.model.memory", 1e6, between(100.0, 1e12))
            .low("Shown bundles after which the influence of one on the conversion model has decayed to 1" + " / e.");

    /** Reads the settings. */
    public static ConversionModelSettings of(SettingValues values) {
        return new ConversionModelSettings(values.get(SAMPLING_RATE), values.get(MEMORY));
    }

    /** Creates a model without any examples. */
    public BayesianLogistic start() {
        return new BayesianLogistic(
                ConversionFeature.priorMeans(), ConversionFeature.priorDeviations(), memory, LARGEST_INPUT);
    }
}
