package dev.kombo.research.study;

import java.util.List;
import java.util.function.Predicate;

/**
 * What all runs of a scenario came to.
 *
 * @param scenario which
 * @param variation coefficient of variation of the capped revenue of shoppers without an effect
 * @param runs the runs
 */
record ScenarioResult(Scenario scenario, double variation, List<RunResult> runs) {

    /**
     * Part of the runs of which something is true.
     *
     * @param value 0 to 1
     * @param standardError of the binomial
     */
    record Rate(double value, double standardError) {}

    Rate rate(Predicate<RunResult> condition) {
        double part = (double) runs.stream().filter(condition).count() / runs.size();
        return new Rate(part, Math.sqrt(part * (1 - part) / runs.size()));
    }

    long looks() {
        return runs.stream().mapToLong(RunResult::looks).sum();
    }

    double meanVarianceKept() {
        return runs.stream().mapToDouble(RunResult::varianceKept).average().orElse(1);
    }

    double meanMoves() {
        return runs.stream().mapToInt(RunResult::moves).average().orElse(0);
    }

    double meanTreatedPart() {
        return runs.stream().mapToDouble(RunResult::treatedPart).average().orElse(0);
    }

    /** Median number of shoppers at the first decision, of the runs that came to one; 0 if none did. */
    int medianDecidedAt() {
        int[] decided = runs.stream()
                .mapToInt(RunResult::decidedAt)
                .filter(at -> at > 0)
                .sorted()
                .toArray();
        return decided.length == 0 ? 0 : decided[decided.length / 2];
    }
}
