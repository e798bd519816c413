package dev.kombo.research.bench;

import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.BenchSummary.IdleFigures;
import dev.kombo.research.bench.BenchSummary.LatencyFigures;
import dev.kombo.research.bench.BenchSummary.StartFigures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * All figures of two versions under one benchmark, as they are written to JSON.
 *
 * @param measuredAt time of measurement, ISO 8601
 * @param machine processors, memory, Java
 * @param settings settings of the benchmark
 * @param against where the other version is, as the user says it
 * @param unknownToOther settings that the other version does not know and runs without
 * @param ratios this version over the other, of each figure that both versions report
 * @param runs in the order in which they were made
 */
public record VersionSummary(
        String measuredAt,
        Map<String, String> machine,
        Map<String, String> settings,
        String against,
        Set<String> unknownToOther,
        List<Ratio> ratios,
        List<Run> runs) {
    /**
     * One run: a new broker, a new service without state, the warm-up, one batch, and what else was requested.
     *
     * @param version which of the two
     * @param batch its figures
     * @param idle null if not requested
     * @param latency at each pace; empty, like the following, if not requested
     * @param restart starts after all this
     */
    record Run(
            String version,
            BatchFigures batch,
            IdleFigures idle,
            List<LatencyFigures> latency,
            List<StartFigures> restart) {
        /** Processors that other processes used, on average over its measurements. */
        double otherCores() {
            DoubleStream.Builder others = DoubleStream.builder().add(batch.otherCores());
            if (idle != null) {
                others.add(idle.nothing().others()).add(idle.bursts().cores().others());
            }
            latency.forEach(paced -> others.add(paced.cores().others()));
            return others.build().average().orElseThrow();
        }
    }

    /**
     * One figure of both versions.
     *
     * @param figure its label and unit
     * @param thisVersion mean of its runs
     * @param otherVersion mean of its runs
     * @param ratio geometric mean, over the pairs of runs, of this version's figure over the other's
     * @param error two standard errors of the ratio over the pairs; NaN if there is one pair
     */
    record Ratio(String figure, double thisVersion, double otherVersion, double ratio, double error) {
        /** Standard errors on each side of a ratio. */
        private static final double STANDARD_ERRORS = 2;

        /**
         * Compares two versions.
         *
         * @param these of this version, by pair
         * @param others of the other version, by pair
         * @return with a NaN as ratio if one of the figures is missing or zero
         */
        static Ratio of(String figure, List<Double> these, List<Double> others) {
            int pairs = these.size();
            // Logarithms, so that the ratio of the other version over this one is the inverse.
            double[] logs = IntStream.range(0, pairs)
                    .mapToDouble(pair -> Math.log(these.get(pair) / others.get(pair)))
                    .toArray();
            double mean = IntStream.range(0, pairs).mapToDouble(i -> logs[i]).sum() / pairs;
            double squares = IntStream.range(0, pairs)
                    .mapToDouble(i -> (logs[i] - mean) * (logs[i] - mean))
                    .sum();
            double standardError = pairs < 2 ? Double.NaN : Math.sqrt(squares / (pairs - 1) / pairs);
            double ratio = Double.isFinite(mean) ? Math.exp(mean) : Double.NaN;
            return new Ratio(figure, mean(these), mean(others), ratio, ratio * STANDARD_ERRORS * standardError);
        }

        /** Compares two versions by their runs. */
        static Ratio of(RunFigure figure, List<Run> these, List<Run> others) {
            return of(
                    figure.name(),
                    these.stream().map(figure::in).toList(),
                    others.stream().map(figure::in).toList());
        }

        /** Whether both versions report the figure. */
        boolean known() {
            return !Double.isNaN(ratio);
        }

        private static double mean(List<Double> figures) {
            return figures.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }
    }
}
