package dev.kombo.lab.quality.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of each question by method and metric. Filled by one thread, then handed over. */
public final class QuestionValues {
    private final Map<Column, Integer> columns = new LinkedHashMap<>();
    private final List<Question> questions = new ArrayList<>();

    private record Column(String method, String metric) {}

    /** The values are in the order of the columns; NaN, or missing at the end: none. */
    private record Question(String id, double[] values) {}

    /** Receives what a method achieved on a question. */
    @FunctionalInterface
    public interface Rows<E extends Exception> {
        /** Receives the values of a method by metric. */
        void row(String question, String method, Map<String, Double> values) throws E;
    }

    /** Adds a question with its values by metric and method. */
    public void add(String id, Map<String, Map<String, Double>> byMetric) {
        byMetric.forEach((metric, values) ->
                values.keySet().forEach(method -> columns.putIfAbsent(new Column(method, metric), columns.size())));
        double[] row = new double[columns.size()];
        Arrays.fill(row, Double.NaN);
        byMetric.forEach((metric, values) ->
                values.forEach((method, value) -> row[columns.get(new Column(method, metric))] = value));
        questions.add(new Question(id, row));
    }

    /** Hands out a row per question and method. */
    public <E extends Exception> void forEach(Rows<E> rows) throws E {
        for (Question question : questions) {
            Map<String, Map<String, Double>> byMethod = new LinkedHashMap<>();
            columns.forEach((column, c) -> {
                if (c < question.values().length && !Double.isNaN(question.values()[c])) {
                    byMethod.computeIfAbsent(column.method(), none -> new LinkedHashMap<>())
                            .put(column.metric(), question.values()[c]);
                }
            });
            for (Map.Entry<String, Map<String, Double>> method : byMethod.entrySet()) {
                rows.row(question.id(), method.getKey(), method.getValue());
            }
        }
    }
}
