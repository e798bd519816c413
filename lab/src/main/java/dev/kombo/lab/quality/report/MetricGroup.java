package dev.kombo.lab.quality.report;

import dev.kombo.lab.quality.metrics.Spread;
import dev.kombo.lab.quality.protocol.SeedResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A table of figures: related metrics, and the methods that have at least one of them.
 *
 * @param title what the figures are; empty if they are the metrics themselves
 * @param name prefix of its metrics' names, before the first dot; empty if they have none
 * @param metrics full names
 * @param rows the cells of each method, in the order of the metrics
 */
record MetricGroup(String title, String name, List<String> metrics, Map<String, List<String>> rows) {
    /** Returns the tables of an evaluation, in the order of their metrics. */
    static List<MetricGroup> of(Evaluation evaluation) {
        return of(evaluation.methods(), "", MetricGroup::cell);
    }

    /** Returns the tables of the engine's lead over the other methods. */
    static List<MetricGroup> gains(Evaluation evaluation) {
        return of(evaluation.gains(), "kombo ahead of", MetricGroup::cell);
    }

    private static <T> List<MetricGroup> of(
            Map<String, Map<String, T>> figures, String title, Function<T, String> cell) {
        Map<String, List<String>> metrics = new LinkedHashMap<>();
        figures.values()
                .forEach(values -> values.keySet().forEach(metric -> {
                    List<String> group = metrics.computeIfAbsent(groupOf(metric), none -> new ArrayList<>());
                    if (!group.contains(metric)) {
                        group.add(metric);
                    }
                }));
        List<MetricGroup> groups = new ArrayList<>();
        metrics.forEach((name, members) -> {
            Map<String, List<String>> rows = new LinkedHashMap<>();
            figures.forEach((method, values) -> {
                if (members.stream().anyMatch(values::containsKey)) {
                    rows.put(
                            method,
                            members.stream()
                                    .map(metric -> values.containsKey(metric) ? cell.apply(values.get(metric)) : "")
                                    .toList());
                }
            });
            groups.add(new MetricGroup(title, name, members, rows));
        });
        return groups;
    }

    /** The header: what the rows are, then the metrics without the name of their group. */
    String[] head() {
        List<String> head = new ArrayList<>();
        head.add(!title.isEmpty() ? title : name.isEmpty() ? "method" : name);
        metrics.forEach(metric -> head.add(name.isEmpty() ? metric : metric.substring(name.length() + 1)));
        return head.toArray(new String[0]);
    }

    /** The row of a method. */
    Object[] row(String method) {
        List<Object> row = new ArrayList<>();
        row.add(method);
        row.addAll(rows.get(method));
        return row.toArray();
    }

    private static String groupOf(String metric) {
        int dot = metric.indexOf('.');
        return dot < 0 ? "" : metric.substring(0, dot);
    }

    /** The mean, and the deviation if there are several seeds. */
    private static String cell(Spread spread) {
        String mean = String.format(Locale.ROOT, "%.4f", spread.mean());
        return spread.values().size() == 1 ? mean : mean + String.format(Locale.ROOT, " ± %.4f", spread.sd());
    }

    private static String cell(SeedResult.Gain gain) {
        return String.format(Locale.ROOT, "%+.4f ± %.4f", gain.mean(), gain.standardError());
    }
}
