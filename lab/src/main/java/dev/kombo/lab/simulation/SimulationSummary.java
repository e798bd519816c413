package dev.kombo.lab.simulation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * What simulations came to, for machines. See {@link SimulationResult} for the figures.
 *
 * @param means over the seeds
 * @param settings what was asked for
 * @param runs one a seed, at least one
 */
public record SimulationSummary(
        @JsonUnwrapped SimulationResult.Uplifts means, Map<String, String> settings, List<SimulationResult> runs) {
    /** Sums up runs. */
    public static SimulationSummary of(Map<String, String> settings, List<SimulationResult> runs) {
        return new SimulationSummary(
                SimulationResult.Uplifts.mean(
                        runs.stream().map(SimulationResult::uplifts).toList()),
                settings,
                runs);
    }
}
