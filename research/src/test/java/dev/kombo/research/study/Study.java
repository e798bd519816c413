package dev.kombo.research.study;

import java.util.List;
import java.util.stream.IntStream;

/** Runs scenarios many times, with the settings that ship. The results do not depend on how many run at once. */
final class Study {
    private static final int TRUTH_USERS = 200_000;

    private Study() {}

    /**
     * Runs a scenario.
     *
     * @param seed decides all draws
     */
    static ScenarioResult run(Scenario scenario, int runs, long seed) {
        Truth truth = new Truth(scenario, TRUTH_USERS, seed);
        List<RunResult> results = IntStream.range(0, runs)
                .parallel()
                .mapToObj(number -> StudyRun.of(scenario, truth, seed, number))
                .toList();
        double mean = truth.plain().responseMean();
        return new ScenarioResult(scenario, Math.sqrt(truth.plain().responseVariance()) / mean, results);
    }
}
