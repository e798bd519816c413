package dev.kombo.research.command;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.console.Figures;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Setting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * The settings of learning and of the ranker that a random search draws, each independently (Bergstra, Bengio, "Random
 * Search for Hyper-Parameter Optimization", 2012). Immutable.
 */
final class SearchSpace {
    private static final List<Hyperparameter> ALL = List.of(
            choice(IndexSettings.FACTORS, "32", "64", "96"),
            choice(FactorSettings.EVENT_STEP, "0", "0.25", "0.5", "1"),
            logarithmic(FactorSettings.REGULARIZATION, 1e-4, 0.1),
            logarithmic(FactorSettings.SWEEP_UPDATES, 0.1, 2),
            logarithmic(NetworkSettings.AdamSettings.LEARNING_RATE, 0.0003, 0.01),
            logarithmic(NetworkSettings.AdamSettings.WIDE_LEARNING_RATE, 0.0003, 0.01),
            logarithmic(NetworkSettings.WIDE_REGULARIZATION, 0.00001, 0.01));

    private final List<Hyperparameter> parameters;

    private SearchSpace(List<Hyperparameter> parameters) {
        this.parameters = parameters;
    }

    /** Maps a number from 0 to below 1 to the value of a setting. */
    private record Hyperparameter(String name, DoubleFunction<String> valueAt) {}

    /** Returns the space without some settings, which keep their values. */
    static SearchSpace without(Collection<String> fixed) {
        return new SearchSpace(ALL.stream()
                .filter(parameter -> !fixed.contains(parameter.name()))
                .toList());
    }

    /** Whether no setting is left to search. */
    boolean isEmpty() {
        return parameters.isEmpty();
    }

    /** A number whose logarithm is uniform, with four digits: more would make no measurable difference. */
    private static Hyperparameter logarithmic(Setting<?> setting, double from, double to) {
        return new Hyperparameter(
                setting.name(), place -> Figures.text("%.4g", from * Math.exp(place * Math.log(to / from))));
    }

    private static Hyperparameter choice(Setting<?> setting, String... values) {
        return new Hyperparameter(setting.name(), place -> values[(int) (place * values.length)]);
    }

    /** Returns the settings of a trial; deterministic for a seed and number. */
    Map<String, String> draw(long seed, long number) {
        long hash = StableHash.combine(seed, number);
        Map<String, String> settings = new LinkedHashMap<>();
        for (Hyperparameter parameter : parameters) {
            double place = StableHash.unit(StableHash.combine(hash, StableHash.of(parameter.name())));
            settings.put(parameter.name(), parameter.valueAt().apply(place));
        }
        return settings;
    }
}
