package dev.kombo.lab.simulation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What simulations came to, for machines: means over the seeds, and each of them. See {@link SimulationResult} for the
 * figures; a mean is over the seeds that know the figure, and null where none does.
 *
 * @param settings what was asked for
 * @param runs one a seed
 */
public record SimulationSummary(
        Double trueUplift,
        Double trueUplift28d,
        SimulationResult.Reported reportedUplift,
        Double popularityUplift,
        Double oracleUplift,
        Map<String, String> settings,
        List<SimulationResult> runs) {

    /** Sums up runs, of which there is at least one. */
    public static SimulationSummary of(Map<String, String> settings, List<SimulationResult> runs) {
        return new SimulationSummary(
                mean(runs, SimulationResult::trueUplift),
                mean(runs, SimulationResult::trueUplift28d),
                new SimulationResult.Reported(
                        mean(runs, run -> run.reportedUplift().estimate()),
                        mean(runs, run -> run.reportedUplift().low()),
                        mean(runs, run -> run.reportedUplift().high()),
                        runs.size() == 1 ? runs.get(0).reportedUplift().verdict() : null),
                mean(runs, SimulationResult::popularityUplift),
                mean(runs, SimulationResult::oracleUplift),
                settings,
                runs);
    }

    private static Double mean(List<SimulationResult> runs, Function<SimulationResult, Double> figure) {
        OptionalDouble mean = runs.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }
}
