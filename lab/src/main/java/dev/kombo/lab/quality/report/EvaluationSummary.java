package dev.kombo.lab.quality.report;

import dev.kombo.lab.data.JsonFile;
import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import dev.kombo.lab.quality.metrics.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An evaluation for machines: {@code {"dataset", "part", "seeds": [1, 2], "methods": {method: {metric: {"mean", "sd",
 * "values"}}}, "gains": {method: {metric: {"mean", "standardError"}}}, "facts", "notes", "settings", "command", "learning", "reliability"}}.
 */
public final class EvaluationSummary {
    private EvaluationSummary() {}

    /** Writes it; a reader of the file finds all of it or what was there before. */
    public static void write(Path file, Evaluation evaluation) throws IOException {
        JsonFile.write(file, of(evaluation));
    }

    private static Map<String, Object> of(Evaluation evaluation) {
        Subject subject = evaluation.subject();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("dataset", subject.dataset());
        summary.put("part", subject.part());
        summary.put("seeds", subject.seeds());
        summary.put("methods", mapped(evaluation.methods(), metrics -> mapped(metrics, EvaluationSummary::spread)));
        summary.put("gains", evaluation.gains());
        summary.put("facts", evaluation.facts());
        summary.put("notes", evaluation.notes());
        summary.put("settings", subject.settings());
        summary.put("command", subject.command());
        summary.put("learning", mapped(evaluation.learning(), curves -> mapped(curves, LearningCurve::points)));
        summary.put("reliability", mapped(evaluation.reliability(), ReliabilityCurve::bins));
        return summary;
    }

    private static Map<String, Object> spread(Spread spread) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mean", spread.mean());
        fields.put("sd", spread.sd());
        fields.put("values", List.copyOf(spread.values()));
        return fields;
    }

    private static <V, R> Map<String, R> mapped(Map<String, V> source, Function<V, R> mapping) {
        Map<String, R> mapped = new LinkedHashMap<>();
        source.forEach((key, value) -> mapped.put(key, mapping.apply(value)));
        return mapped;
    }
}
