package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * A world small enough to list all slates and clicks with their probabilities: two ranks filled from four candidates by
 * Plackett-Luce policies that lower the values of candidates similar to the rank above, and shoppers who may click
 * both.
 */
final class SlateWorld {
    static final int CANDIDATES = 4;

    private final double[] loggerValues;
    private final double[] candidateValues;
    private final double[] appeal;
    private final double distraction;
    private final double modelError;

    /**
     * @param loggerValues of the logging policy, negative infinity for what it never shows
     * @param candidateValues of the candidate policy
     * @param appeal logit of a click
     * @param distraction how much candidate 0 at the second rank takes from clicks on the first: at 0 the cascade
     *     assumption holds
     * @param modelError error of the predictions; at 0 they are the expected rewards
     */
    SlateWorld(
            double[] loggerValues, double[] candidateValues, double[] appeal, double distraction, double modelError) {
        this.loggerValues = loggerValues;
        this.candidateValues = candidateValues;
        this.appeal = appeal;
        this.distraction = distraction;
        this.modelError = modelError;
    }

    /** A slate with its clicks, and its probability under the logging policy and its shoppers. */
    record Outcome(double probability, LoggedSlate slate) {}

    /** Everything that can be logged; the probabilities add to 1. */
    List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int a = 0; a < CANDIDATES; a++) {
            for (int b = 0; b < CANDIDATES; b++) {
                double shown = probability(loggerValues, a, -1) * probability(loggerValues, b, a);
                if (shown > 0) {
                    for (int clicks = 0; clicks < 4; clicks++) {
                        int first = clicks & 1;
                        int second = clicks >> 1;
                        double answered = bernoulli(first(a, b), first) * bernoulli(second(a, b, first), second);
                        outcomes.add(new Outcome(shown * answered, slate(a, b, first, second)));
                    }
                }
            }
        }
        return outcomes;
    }

    /** Expected clicks per slate of the candidate policy. */
    double truth() {
        double truth = 0;
        for (int a = 0; a < CANDIDATES; a++) {
            for (int b = 0; b < CANDIDATES; b++) {
                truth += probability(candidateValues, a, -1) * probability(candidateValues, b, a) * clicks(a, b);
            }
        }
        return truth;
    }

    private LoggedSlate slate(int a, int b, int first, int second) {
        double expected = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            expected += probability(candidateValues, i, -1) * toGo(i);
        }
        LoggedChoice top = new LoggedChoice(
                probability(loggerValues, a, -1),
                probability(candidateValues, a, -1),
                unsupported(-1),
                first,
                new Prediction(toGo(a), expected));
        LoggedChoice bottom = new LoggedChoice(
                probability(loggerValues, b, a),
                probability(candidateValues, b, a),
                unsupported(a),
                second,
                new Prediction(modelOfSecond(a, b), expectedSecond(a)));
        return new LoggedSlate(List.of(top, bottom), new Prediction(modelOfSlate(a, b), expectedSlate()));
    }

    private double unsupported(int above) {
        double sum = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            sum += probability(loggerValues, i, above) == 0 ? probability(candidateValues, i, above) : 0;
        }
        return sum;
    }

    private double modelOfSlate(int a, int b) {
        return clicks(a, b) + error(a, b);
    }

    private double expectedSlate() {
        double sum = 0;
        for (int a = 0; a < CANDIDATES; a++) {
            for (int b = 0; b < CANDIDATES; b++) {
                sum += probability(candidateValues, a, -1) * probability(candidateValues, b, a) * modelOfSlate(a, b);
            }
        }
        return sum;
    }

    private double modelOfSecond(int a, int b) {
        return clicks(a, b) - first(a, b) + error(a, b);
    }

    private double expectedSecond(int a) {
        double sum = 0;
        for (int b = 0; b < CANDIDATES; b++) {
            sum += probability(candidateValues, b, a) * modelOfSecond(a, b);
        }
        return sum;
    }

    private double toGo(int a) {
        double sum = error(a, a);
        for (int b = 0; b < CANDIDATES; b++) {
            sum += probability(candidateValues, b, a) * (first(a, b) + modelOfSecond(a, b));
        }
        return sum;
    }

    private double error(int a, int b) {
        return modelError * Math.sin(3 * a + 7 * b);
    }

    private double clicks(int a, int b) {
        double first = first(a, b);
        return first + first * second(a, b, 1) + (1 - first) * second(a, b, 0);
    }

    private double first(int a, int b) {
        return logistic(appeal[a] - (b == 0 ? distraction : 0));
    }

    private double second(int a, int b, int clickAbove) {
        return logistic(appeal[b] - 1 + 1.5 * clickAbove - likeness(a, b));
    }

    private static double probability(double[] values, int chosen, int above) {
        double total = 0;
        for (int i = 0; i < CANDIDATES; i++) {
            total += weight(values, i, above);
        }
        return weight(values, chosen, above) / total;
    }

    private static double weight(double[] values, int i, int above) {
        return i == above ? 0 : Math.exp(values[i] - (above < 0 ? 0 : likeness(i, above)));
    }

    private static double likeness(int i, int j) {
        return i % 2 == j % 2 ? 0.7 : 0;
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static double bernoulli(double probability, int outcome) {
        return outcome == 1 ? probability : 1 - probability;
    }
}
