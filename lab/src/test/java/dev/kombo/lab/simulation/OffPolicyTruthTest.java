package dev.kombo.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.offpolicy.Estimator;
import dev.kombo.experiment.offpolicy.OffPolicyAccumulator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.PolicyEstimate;
import dev.kombo.lab.simulation.SimulationSettings.BasketKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told from a log, against what the simulator knows. */
class OffPolicyTruthTest {
    private static final int SEEDS = 3;
    private static final Overlap.Limits LIMITS = Overlap.Limits.standard();

    @Test
    void shouldBeWithinThreeStandardErrorsOfTheTruthWithAllEstimators() throws InterruptedException {
        Arm logging = JudgedWorld.revenue(1, Double.NaN);
        List<Arm> candidates = List.of(logging, JudgedWorld.revenue(0.4, Double.NaN), JudgedWorld.revenue(0.7, 0.6));
        List<OffPolicyAccumulator> slates = new ArrayList<>();
        double[] truths = new double[candidates.size()];
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimulationSettings settings = new SimulationSettings(seed, 1_200, 20, 2, 0.3, BasketKind.SMALL);
            JudgedWorld world = new JudgedWorld(settings, logging, candidates);
            for (int c = 0; c < truths.length; c++) {
                OffPolicyAccumulator judged = world.judged(c).slates();
                truths[c] += world.truth(c);
                if (seed == 1) {
                    slates.add(judged);
                } else {
                    slates.get(c).merge(judged);
                }
            }
        }

        Overlap same = slates.get(0).overlap();
        assertThat(same.slates()).isGreaterThan(3_000);
        assertThat(same.effectiveSampleSize()).isEqualTo((double) same.slates());
        assertThat(same.largestWeightShare()).isEqualTo(1.0 / same.slates());
        for (int c = 0; c < truths.length; c++) {
            double truth = truths[c] / same.slates();
            for (Estimator estimator : Estimator.values()) {
                PolicyEstimate estimate = (PolicyEstimate) slates.get(c).value(estimator, LIMITS);
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
