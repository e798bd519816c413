package dev.kombo.lab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.lab.replay.ProgressDisplay;
import dev.kombo.lab.study.ScenarioResult.Rate;
import dev.kombo.tracking.Arm;
import dev.kombo.tracking.ArmKind;
import dev.kombo.tracking.uplift.UpliftSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short study; the whole one is a command, and its figures are in topology-docs/uplift.md. */
@Timeout(120)
class StudyTest {
    private static final long SEED = 20_261_124;
    private static final double ERROR = UpliftSettings.standard().error();
    private static final List<Phase> PHASES =
            List.of(new Phase(2800, arms(0.10, 0.15, 0.75), 1), new Phase(1400, arms(0.20, 0.20, 0.60), 1.4));

    @Test
    void shouldHoldInExperimentsWithoutAnEffectAtAllLooks() throws InterruptedException {
        ScenarioResult result = study(new Scenario("A/A", PHASES, Map.of()), 300);

        assertThat(result.variation()).isCloseTo(4, within(0.4));
        assertThat(result.looks()).isGreaterThan(300_000);
        assertAtMost(result.rate(RunResult::missed), result);
        assertAtMost(result.rate(RunResult::relativeMissed), result);
        assertThat(result.rate(RunResult::alarmed).value()).isLessThanOrEqualTo(0.01);
        // The same data can mislead: one who looks as often at intervals for a fixed sample is.
        assertThat(result.rate(RunResult::fixedMissed).value()).isGreaterThan(2 * ERROR);
        assertThat(result.meanVarianceKept()).isBetween(0.85, 0.99);
    }

    @Test
    void shouldCoverTheTrueEffectAtAllLooks() throws InterruptedException {
        Scenario scenario = new Scenario("A/B", PHASES, Map.of(Scenario.TREATMENT, new Effect(2, 1.5)));
        ScenarioResult result = study(scenario, 100);

        assertAtMost(result.rate(RunResult::missed), result);
        assertAtMost(result.rate(RunResult::relativeMissed), result);
        // Three times the revenue is seen.
        assertThat(result.rate(run -> run.decidedAt() > 0).value()).isGreaterThan(0.5);
        assertThat(result.medianDecidedAt()).isBetween(2000, 4200);
    }

    @Test
    void shouldNotDependOnHowManyRunAtOnce() throws InterruptedException {
        Scenario scenario = new Scenario("A/A", PHASES, Map.of());
        assertThat(new Study(UpliftSettings.standard(), 7, 1, ProgressDisplay.NONE)
                        .run(List.of(scenario), 3)
                        .get(0)
                        .runs())
                .isEqualTo(new Study(UpliftSettings.standard(), 7, 2, ProgressDisplay.NONE)
                        .run(List.of(scenario), 3)
                        .get(0)
                        .runs());
    }

    private static ScenarioResult study(Scenario scenario, int runs) throws InterruptedException {
        return new Study(UpliftSettings.standard(), SEED, 2, ProgressDisplay.NONE)
                .run(List.of(scenario), runs)
                .get(0);
    }

    private static void assertAtMost(Rate rate, ScenarioResult result) {
        double two = 2 * Math.sqrt(ERROR * (1 - ERROR) / result.runs().size());
        assertThat(rate.value()).as("seed %d, %s", SEED, rate).isLessThanOrEqualTo(ERROR + two);
    }

    private static List<Arm> arms(double holdout, double popularity, double treatment) {
        return List.of(
                new Arm(Scenario.HOLDOUT, ArmKind.HOLDOUT, holdout, 0),
                new Arm(Scenario.POPULARITY, ArmKind.BASELINE, popularity, 0),
                new Arm(Scenario.TREATMENT, ArmKind.TREATMENT, treatment, 0));
    }
}
