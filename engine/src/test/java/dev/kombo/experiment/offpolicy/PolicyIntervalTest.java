package dev.kombo.experiment.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.StableHash;
import dev.kombo.experiment.uplift.ArmMoments;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyIntervalTest {
    private static final int LOGS = 1000;
    private static final int SLATES = 1000;
    private static final Overlap.Limits STANDARD = Overlap.Limits.standard();

    /** Clicks on about one slate in three, values that differ from the logger's, and a slightly wrong model. */
    private static SlateWorld world(double distraction) {
        return new SlateWorld(
                new double[] {0.6, 0.2, -0.2, -0.6},
                new double[] {-0.2, 0.4, 0.5, -0.3},
                new double[] {-2.0, -1.0, -0.5, -1.5},
                distraction,
                0.1);
    }

    @Test
    void shouldHoldTheTruthAsOftenAsPromised() {
        SlateWorld world = world(0);
        List<SlateWorld.Outcome> outcomes = world.outcomes();
        Map<Estimator, Integer> held = new EnumMap<>(Estimator.class);
        for (int log = 0; log < LOGS; log++) {
            OffPolicyAccumulator accumulator = draw(outcomes, log);
            for (Estimator estimator : Estimator.values()) {
                held.merge(estimator, holds(accumulator.value(estimator, STANDARD), world.truth()), Integer::sum);
            }
        }

        for (Estimator estimator : Estimator.values()) {
            assertThat(held.get(estimator) / (double) LOGS).as("%s", estimator).isBetween(0.93, 0.97);
        }
    }

    @Test
    void shouldHoldTheDifferenceAndKnowItBetterThanTheValueWhenPoliciesAreAlike() {
        double[] logger = {0.6, 0.2, -0.2, -0.6};
        double[] appeal = {-2.0, -1.0, -0.5, -1.5};
        SlateWorld world = new SlateWorld(logger, new double[] {0.5, 0.3, -0.1, -0.6}, appeal, 0, 0.1);
        double truth = world.truth() - new SlateWorld(logger, logger, appeal, 0, 0).truth();
        List<SlateWorld.Outcome> outcomes = world.outcomes();
        int held = 0;
        for (int log = 0; log < LOGS; log++) {
            OffPolicyAccumulator accumulator = draw(outcomes, log);
            PolicyEstimate difference = (PolicyEstimate) accumulator.difference(STANDARD);
            PolicyEstimate value = (PolicyEstimate) accumulator.value(Estimator.SELF_NORMALIZED, STANDARD);
            held += holds(difference, truth);
            assertThat(difference.standardError()).isLessThan(value.standardError() / 4);
        }

        assertThat(held / (double) LOGS).isBetween(0.93, 0.97);
    }

    @Test
    void shouldSpreadByTheStandardErrorThatIsTold() {
        List<SlateWorld.Outcome> outcomes = world(0).outcomes();
        int logs = 400;
        Estimator[] estimators = Estimator.values();
        double[] told = new double[estimators.length];
        ArmMoments[] moments = new ArmMoments[estimators.length];
        Arrays.fill(moments, ArmMoments.NONE);
        for (int log = 0; log < logs; log++) {
            OffPolicyAccumulator accumulator = draw(outcomes, 100_000 + log);
            for (int e = 0; e < estimators.length; e++) {
                PolicyEstimate estimate = (PolicyEstimate) accumulator.value(estimators[e], STANDARD);
                moments[e] = moments[e].plus(estimate.value(), 0);
                told[e] += estimate.standardError() / logs;
            }
        }

        for (int e = 0; e < estimators.length; e++) {
            double spread = Math.sqrt(moments[e].responseVariance());
            assertThat(told[e]).as("%s", estimators[e]).isCloseTo(spread, within(0.1 * spread));
        }
    }

    @Test
    void shouldBeWrongByTheCascadeWhenLowerRanksDistractFromUpperOnes() {
        SlateWorld world = world(3);

        assertThat(Expectation.of(world.outcomes(), Estimator.CASCADE).mean())
                .isNotCloseTo(world.truth(), within(0.01));
    }

    private static int holds(EstimateOrRefusal value, double truth) {
        return ((PolicyEstimate) value).interval().contains(truth) ? 1 : 0;
    }

    private static OffPolicyAccumulator draw(List<SlateWorld.Outcome> outcomes, int log) {
        OffPolicyAccumulator accumulator = new OffPolicyAccumulator();
        for (int slate = 0; slate < SLATES; slate++) {
            double rest = StableHash.unit(StableHash.combine(log, slate));
            int drawn = 0;
            while (drawn < outcomes.size() - 1 && rest >= outcomes.get(drawn).probability()) {
                rest -= outcomes.get(drawn).probability();
                drawn++;
            }
            accumulator.add(outcomes.get(drawn).slate());
        }
        return accumulator;
    }
}
