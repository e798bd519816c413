package dev.kombo.research.evaluation;

import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.research.evaluation.EvaluationOptions.Questions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the means of metrics over the questions of an evaluation, and the engine's lead over each other method: the
 * mean difference over the questions that both answered, with its standard error. Paired differences vary far less than
 * the figures themselves.
 */
final class Means {
    private final Map<String, Map<String, ArmMoments>> means = new LinkedHashMap<>();
    private final Map<String, Map<String, ArmMoments>> gains = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> question = new LinkedHashMap<>();

    private final Questions questions;
    private final long seed;

    /**
     * @param questions receives the values of each question
     */
    Means(Questions questions, long seed) {
        this.questions = questions;
        this.seed = seed;
    }

    /** Adds a value of the present question; one per method and metric. */
    void add(String method, String metric, double value) {
        question.computeIfAbsent(method, none -> new LinkedHashMap<>()).put(metric, value);
    }

    /** Ends a question; one without values is none. */
    void next(String id) {
        if (question.isEmpty()) {
            return;
        }
        questions.answered(seed, id, question);
        Map<String, Double> engine = question.getOrDefault(Networks.KOMBO, Map.of());
        question.forEach((method, values) -> values.forEach((metric, value) -> {
            add(means, method, metric, value);
            if (engine.containsKey(metric) && !method.equals(Networks.KOMBO)) {
                add(gains, method, metric, engine.get(metric) - value);
            }
        }));
        question.clear();
    }

    private static void add(Map<String, Map<String, ArmMoments>> to, String method, String metric, double value) {
        to.computeIfAbsent(method, none -> new LinkedHashMap<>())
                .compute(metric, (name, before) -> (before == null ? ArmMoments.NONE : before).plus(value, 0));
    }

    /** Adds all means to a result, in the order of the methods. */
    void addTo(SeedResult result, List<String> methods) {
        for (String method : methods) {
            means.getOrDefault(method, Map.of())
                    .forEach((metric, mean) -> result.metric(method, metric, mean.responseMean()));
            gains.getOrDefault(method, Map.of())
                    .forEach((metric, gain) -> result.gain(method, metric, gain.responseMean(), error(gain)));
        }
    }

    private static double error(ArmMoments gain) {
        return gain.count() < 2 ? 0 : Math.sqrt(gain.responseVariance() / gain.count());
    }
}
