package dev.kombo.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.offpolicy.Estimator;
import dev.kombo.experiment.offpolicy.OffPolicyAccumulator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.PolicyEstimate;
import dev.kombo.lab.simulation.SimulationSettings.BasketKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told from a log, against what the simulator knows. */
class OffPolicyTruthTest {
    private static final Overlap.Limits LIMITS = Overlap.Limits.standard();

    @Test
    void shouldBeWithinThreeStandardErrorsOfTheTruthWithAllEstimators() throws InterruptedException {
        Arm logging = JudgedWorld.revenue(1, Double.NaN);
        List<Arm> candidates = List.of(logging, JudgedWorld.revenue(0.4, Double.NaN), JudgedWorld.revenue(0.7, 0.6));
        JudgedWorld world = new JudgedWorld(
                new SimulationSettings(
                        1, 3_600, 20, 2, 0.3, BasketKind.SMALL, Timetable.fast(), WorldVariant.STANDARD, false),
                logging,
                candidates);

        Overlap same = world.judged(0).slates().overlap();
        assertThat(same.slates()).isGreaterThan(3_000);
        assertThat(same.effectiveSampleSize()).isEqualTo((double) same.slates());
        assertThat(same.largestWeightShare()).isEqualTo(1.0 / same.slates());
        for (int c = 0; c < candidates.size(); c++) {
            double truth = world.truth(c) / same.slates();
            OffPolicyAccumulator slates = world.judged(c).slates();
            for (Estimator estimator : Estimator.values()) {
                PolicyEstimate estimate = (PolicyEstimate) slates.value(estimator, LIMITS);
                // Of a dozen intervals of 95 % one may miss; no estimate is three standard errors off.
                assertThat(estimate.value())
                        .as("%s of candidate %d: %s", estimator, c, estimate)
                        .isCloseTo(truth, within(3 * estimate.standardError()));
                // An interval that held everything would prove nothing.
                assertThat(estimate.standardError()).isLessThan(truth / 4);
            }
        }
    }
}
