package dev.kombo.lab.quality.report;

import dev.kombo.console.TextTable;
import dev.kombo.lab.quality.protocol.SeedResult.Gain;
import dev.kombo.lab.quality.ranking.Networks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares the engine with the best rule of thumb of each data set, in the data set's primary metric. */
public final class Comparison {
    private static final double ERRORS = 2;

    private final List<Row> rows = new ArrayList<>();

    /**
     * The figures of a data set.
     *
     * @param label name of the data set, and of its part
     * @param metric primary metric
     * @param simple rules of thumb, popularity first
     */
    public record Row(String label, String metric, List<String> simple, Evaluation evaluation) {
        private double value(String method) {
            return evaluation.methods().get(method).get(metric).mean();
        }

        private Gain gain(String method) {
            return evaluation.gains().getOrDefault(method, Map.of()).get(metric);
        }

        private String best() {
            return simple.stream().max(Comparator.comparingDouble(this::value)).orElseThrow();
        }
    }

    public void add(Row row) {
        rows.add(row);
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Returns the table, a row per data set, and what it comes to. */
    public String text() {
        TextTable table = new TextTable(
                "data set",
                "metric",
                "popularity",
                "best simple",
                "",
                "linear",
                "kombo",
                "ahead of best simple",
                "ahead of linear");
        for (Row row : rows) {
            table.row(
                    row.label(),
                    row.metric(),
                    figure(row, row.simple().get(0)),
                    figure(row, row.best()),
                    row.best(),
                    figure(row, Networks.LINEAR),
                    figure(row, Networks.KOMBO),
                    EvaluationText.cell(row.gain(row.best())),
                    EvaluationText.cell(row.gain(Networks.LINEAR)));
        }
        List<Gain> simple = rows.stream().map(row -> row.gain(row.best())).toList();
        List<Gain> linear = rows.stream().map(row -> row.gain(Networks.LINEAR)).toList();
        return """
                %sAhead of: mean difference on the same questions ± its standard error, means over the seeds.
                By more than two errors, of %d: kombo behind the best simple method on %d, ahead on %d; behind linear on %d, ahead on %d.
                """.formatted(
                        table, rows.size(), count(simple, -1), count(simple, 1), count(linear, -1), count(linear, 1));
    }

    private static String figure(Row row, String method) {
        return String.format(Locale.ROOT, "%.4f", row.value(method));
    }

    private static long count(List<Gain> gains, int sign) {
        return gains.stream()
                .filter(gain -> sign * gain.mean() > ERRORS * gain.standardError())
                .count();
    }
}
