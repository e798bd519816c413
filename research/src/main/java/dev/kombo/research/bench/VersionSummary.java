package dev.kombo.research.bench;

import dev.kombo.research.bench.BenchSummary.BatchFigures;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
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
    private static final double BYTES_PER_KB = 1e3;

    /** What is compared, per event. */
    @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
    enum Figure {
        BOTH("service + broker, µs", batch -> batch.serviceMicros() + batch.brokerMicros(), 1),
        SERVICE("service, µs", BatchFigures::serviceMicros, 1),
        BROKER("broker, µs", BatchFigures::brokerMicros, 1),
        ALLOCATED("allocated in the service, KB", BatchFigures::allocatedBytes, BYTES_PER_KB),
        RECORDS("records written", BatchFigures::records, 1),
        BYTES("bytes written, KB", BatchFigures::bytes, BYTES_PER_KB);

        private final String label;
        private final ToDoubleFunction<BatchFigures> read;
        private final double unit;

        Figure(String label, ToDoubleFunction<BatchFigures> read, double unit) {
            this.label = label;
            this.read = read;
            this.unit = unit;
        }

        /** Its name and unit, for people. */
        String label() {
            return label;
        }

        private double of(BatchFigures batch) {
            return read.applyAsDouble(batch) / unit;
        }
    }

    /**
     * One run: a new broker, a new service without state, the warm-up, and one batch.
     *
     * @param version which of the two
     * @param batch its figures
     */
    record Run(String version, BatchFigures batch) {}

    /**
     * One figure of both versions.
     *
     * @param figure per event
     * @param thisVersion mean of its runs
     * @param otherVersion mean of its runs
     * @param ratio geometric mean, over the pairs of runs, of this version's figure over the other's
     * @param error two standard errors of the ratio over the pairs; NaN if there is one pair
     */
    record Ratio(Figure figure, double thisVersion, double otherVersion, double ratio, double error) {
        /** Standard errors on each side of a ratio. */
        private static final double STANDARD_ERRORS = 2;

        /**
         * Compares two versions.
         *
         * @param these of this version, by pair
         * @param others of the other version, by pair
         * @return with a NaN as ratio if one of the figures is missing or zero
         */
        static Ratio of(Figure figure, List<Double> these, List<Double> others) {
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

        /** Compares two versions by the batches of their runs. */
        static Ratio of(Figure figure, Collection<BatchFigures> these, Collection<BatchFigures> others) {
            return of(
                    figure,
                    these.stream().map(figure::of).toList(),
                    others.stream().map(figure::of).toList());
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
