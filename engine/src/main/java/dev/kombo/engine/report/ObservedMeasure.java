package dev.kombo.engine.report;

import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the comparisons of one measure are computed from, so that anybody can compute them again.
 *
 * @param measure its label
 * @param currency ISO 4217 code; null: none
 * @param strata oldest version of the strategy first
 */
public record ObservedMeasure(String measure, @Nullable String currency, List<ObservedStratum> strata) {
    /**
     * Those assigned under one version of the strategy.
     *
     * @param arms by name
     */
    public record ObservedStratum(long strategyVersion, List<StratumArm> arms) {}

    /** Returns all measures of an experiment that are reported. */
    static List<ObservedMeasure> of(ExperimentUplift uplift) {
        List<ObservedMeasure> observed = new ArrayList<>();
        uplift.accounts().forEach((key, account) -> {
            if (key.reported()) {
                List<ObservedStratum> strata = account.strata().stream()
                        .map(stratum -> new ObservedStratum(stratum.strategyVersion(), List.copyOf(stratum.arms())))
                        .toList();
                observed.add(new ObservedMeasure(key.measure().label(), key.currency(), strata));
            }
        });
        return observed;
    }
}
