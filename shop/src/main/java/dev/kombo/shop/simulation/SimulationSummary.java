package dev.kombo.shop.simulation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * The results of simulations with several seeds, as they are written to JSON. See {@link SimulationResult} for the
 * figures.
 *
 * @param means over the seeds
 * @param settings the options
 * @param runs one per seed, at least one
 */
public record SimulationSummary(
        @JsonUnwrapped SimulationResult.Uplifts means, Map<String, String> settings, List<SimulationResult> runs) {
    /** Summarises runs. */
    public static SimulationSummary of(Map<String, String> settings, List<SimulationResult> runs) {
        return new SimulationSummary(
                SimulationResult.Uplifts.mean(
                        runs.stream().map(SimulationResult::uplifts).toList()),
                settings,
                runs);
    }
}
