package dev.kombo.research.evaluation;

import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.research.evaluation.SeedResult.Gain;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Compares the engine with the best rule of thumb of a data set, in the data set's primary metric.
 *
 * @param label name of the data set, and of its part
 * @param metric primary metric
 * @param simple rules of thumb, popularity first
 */
public record BaselineComparison(String label, String metric, List<String> simple, Evaluation evaluation) {
    private static final Columns<BaselineComparison> COLUMNS = new Columns<BaselineComparison>()
            .add("data set", BaselineComparison::label)
            .add("metric", BaselineComparison::metric)
            .add("popularity", row -> row.figure(row.simple().get(0)))
            .add("best simple", row -> row.figure(row.best()))
            .add("", BaselineComparison::best)
            .add("linear", row -> row.figure(Networks.LINEAR))
            .add("kombo", row -> row.figure(Networks.KOMBO))
            .add("ahead of best simple", row -> EvaluationText.cell(row.gain(row.best())))
            .add("ahead of linear", row -> EvaluationText.cell(row.gain(Networks.LINEAR)));

    /** Returns a table with a row per data set, and what it comes to. */
    public static String text(List<BaselineComparison> rows) {
        return """
            %sAhead of: mean difference on the same questions ± its standard error, means over the seeds.
            By more than two errors, of %d: kombo behind the best simple method on %d, ahead on %d; behind linear on %d, ahead on %d.
            """.formatted(
                        COLUMNS.text(rows),
                        rows.size(),
                        count(rows, BaselineComparison::best, -1),
                        count(rows, BaselineComparison::best, 1),
                        count(rows, row -> Networks.LINEAR, -1),
                        count(rows, row -> Networks.LINEAR, 1));
    }

    private static long count(List<BaselineComparison> rows, Function<BaselineComparison, String> other, int sign) {
        return rows.stream()
                .map(row -> row.gain(other.apply(row)))
                .filter(gain -> sign * gain.mean() > 2 * gain.standardError())
                .count();
    }

    private double value(String method) {
        return evaluation.methods().get(method).get(metric).mean();
    }

    private String figure(String method) {
        return Figures.text("%.4f", value(method));
    }

    private Gain gain(String method) {
        return evaluation.gains().get(method).get(metric);
    }

    private String best() {
        return simple.stream().max(Comparator.comparingDouble(this::value)).orElseThrow();
    }
}
