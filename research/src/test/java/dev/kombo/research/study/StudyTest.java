package dev.kombo.research.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Allocation;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.research.study.ScenarioResult.Rate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short study; the whole one is {@link UpliftStudyTest}. */
@Timeout(120)
class StudyTest {
    private static final long SEED = 20_261_124;
    private static final double ERROR = UpliftSettings.standard().error();
    private static final List<Phase> PHASES =
            List.of(new Phase(2800, arms(0.10, 0.15, 0.75), 1), new Phase(1400, arms(0.20, 0.20, 0.60), 1.4));

    @Test
    void shouldHoldInExperimentsWithoutAnEffectAtAllLooks() {
        ScenarioResult result = Study.run(new Scenario("A/A", PHASES, Map.of()), 150, SEED);

        assertThat(result.variation()).isCloseTo(4, within(0.4));
        assertThat(result.looks()).isGreaterThan(150_000);
        assertAtMost(result.rate(RunResult::missed), result);
        assertAtMost(result.rate(RunResult::relativeMissed), result);
        assertThat(result.rate(RunResult::alarmed).value()).isLessThanOrEqualTo(0.01);
        // The same data can mislead: one who looks as often at intervals for a fixed sample is.
        assertThat(result.rate(RunResult::fixedMissed).value()).isGreaterThan(2 * ERROR);
        assertThat(result.meanVarianceKept()).isBetween(0.85, 0.99);
    }

    @Test
    void shouldCoverTheTrueEffectAtAllLooks() {
        Scenario scenario = new Scenario("A/B", PHASES, Map.of(Scenario.TREATMENT, new Effect(2, 1.5)));
        ScenarioResult result = Study.run(scenario, 60, SEED);

        assertAtMost(result.rate(RunResult::missed), result);
        assertAtMost(result.rate(RunResult::relativeMissed), result);
        // Three times the revenue is seen.
        assertThat(result.rate(run -> run.decidedAt() > 0).value()).isGreaterThan(0.5);
        assertThat(result.medianDecidedAt()).isBetween(2000, 4200);
    }

    /** Shares follow what was seen, again and again; the intervals hold all the same. */
    @Test
    void shouldHoldWhileSharesMoveByThemselves() {
        List<Phase> phases = List.of(new Phase(3000, quarters(), 1), new Phase(3000, quarters(), 1.4));
        Allocation allocation = new Allocation(0.1, 0.55, 250);
        long sixHours = 21_600_000;
        ScenarioResult none = Study.run(new Scenario("A/A", phases, Map.of(), allocation, sixHours), 60, SEED);
        assertAtMost(none.rate(RunResult::missed), none);
        assertAtMost(none.rate(RunResult::relativeMissed), none);
        assertThat(none.rate(RunResult::alarmed).value()).isLessThanOrEqualTo(0.01);
        assertThat(none.meanMoves()).isGreaterThan(1.5);
        assertThat(none.meanTreatedPart()).isCloseTo(0.25, within(0.02));

        Map<String, Effect> good = Map.of(Scenario.TREATMENT, new Effect(1.5, 1.25));
        ScenarioResult better = Study.run(new Scenario("A/B", phases, good, allocation, sixHours), 24, SEED);
        assertAtMost(better.rate(RunResult::missed), better);
        assertThat(better.meanTreatedPart()).isGreaterThan(0.3);
    }

    private static void assertAtMost(Rate rate, ScenarioResult result) {
        double two = 2 * Math.sqrt(ERROR * (1 - ERROR) / result.runs().size());
        assertThat(rate.value()).as("seed %d, %s", SEED, rate).isLessThanOrEqualTo(ERROR + two);
    }

    private static List<Arm> quarters() {
        return List.of(
                new Arm(Scenario.HOLDOUT, Arm.Kind.HOLDOUT, 0.25),
                new Arm(Scenario.TREATMENT, Arm.Kind.TREATMENT, 0.25),
                new Arm("second", Arm.Kind.TREATMENT, 0.25),
                new Arm("third", Arm.Kind.TREATMENT, 0.25));
    }

    private static List<Arm> arms(double holdout, double popularity, double treatment) {
        return List.of(
                new Arm(Scenario.HOLDOUT, Arm.Kind.HOLDOUT, holdout),
                new Arm(Scenario.POPULARITY, Arm.Kind.BASELINE, popularity),
                new Arm(Scenario.TREATMENT, Arm.Kind.TREATMENT, treatment));
    }
}
