package dev.kombo.experiment.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OffPolicyAccumulatorTest {
    private static final Overlap.Limits LAX = new Overlap.Limits(2, 1, 0);
    private static final Offset<Double> ROUNDING = within(1e-12);

    /** Ratios down to each rank: .5 .5, 1.5 1.5, 1 2, 1 .5; rewards: 1 0, 0 1, 1 1, 1 0. */
    private static List<LoggedSlate> slates() {
        LoggedChoice modelled = new LoggedChoice(0.5, 0.25, 0, 1, new Prediction(0.75, 1));
        LoggedChoice modelledBelow = new LoggedChoice(0.5, 0.5, 0, 0, new Prediction(0.25, 0.5));
        return List.of(
                new LoggedSlate(List.of(modelled, modelledBelow), new Prediction(0.5, 1)),
                new LoggedSlate(
                        List.of(LoggedSlates.choice(0.5, 0.75, 0), LoggedSlates.choice(0.25, 0.25, 1)),
                        new Prediction(1, 1)),
                new LoggedSlate(
                        List.of(LoggedSlates.choice(0.25, 0.25, 1), LoggedSlates.choice(0.5, 1, 1)),
                        new Prediction(1.5, 1)),
                new LoggedSlate(
                        List.of(LoggedSlates.choice(0.5, 0.5, 1), LoggedSlates.choice(0.5, 0.25, 0)),
                        new Prediction(1, 1)));
    }

    private static OffPolicyAccumulator filled(OffPolicyAccumulator accumulator) {
        slates().forEach(accumulator::add);
        return accumulator;
    }

    private static PolicyEstimate estimate(EstimateOrRefusal value) {
        assertThat(value).isInstanceOf(PolicyEstimate.class);
        return (PolicyEstimate) value;
    }

    private static PolicyEstimate estimate(Estimator estimator) {
        return estimate(filled(new OffPolicyAccumulator()).value(estimator, LAX));
    }

    @Test
    void shouldWeightTheWholeSlateWhenInversePropensityIsAsked() {
        PolicyEstimate estimate = estimate(Estimator.INVERSE_PROPENSITY);

        // 0.5, 1.5, 4, 0.5
        assertThat(estimate.value()).isCloseTo(1.625, ROUNDING);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(8.1875 / 3 / 4), ROUNDING);
        assertThat(estimate.interval().low()).isCloseTo(1.625 - 1.959963984540054 * estimate.standardError(), ROUNDING);
        assertThat(estimate.interval().high())
                .isCloseTo(1.625 + 1.959963984540054 * estimate.standardError(), ROUNDING);
    }

    @Test
    void shouldDivideByTheWeightsWhenSelfNormalizedIsAsked() {
        PolicyEstimate estimate = estimate(Estimator.SELF_NORMALIZED);

        // 6.5 / 4.5; influences -2/9, -6/9, 10/9, -2/9 over a mean weight of 1.125.
        assertThat(estimate.value()).isCloseTo(13.0 / 9, ROUNDING);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(144.0 / 81 / 3 / 4) / 1.125, ROUNDING);
    }

    @Test
    void shouldWeightEachRankByWhatIsAboveItWhenCascadeIsAsked() {
        PolicyEstimate estimate = estimate(Estimator.CASCADE);

        // 0.5, 1.5, 1 + 2, 1
        assertThat(estimate.value()).isCloseTo(1.5, ROUNDING);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(3.5 / 3 / 4), ROUNDING);
    }

    @Test
    void shouldCorrectTheModelWhenDoublyRobustIsAsked() {
        PolicyEstimate estimate = estimate(Estimator.DOUBLY_ROBUST);

        // 1 + .5 (1 - .5), 1 + 1.5 (1 - 1), 1 + 2 (2 - 1.5), 1 + .5 (1 - 1)
        assertThat(estimate.value()).isCloseTo(1.3125, ROUNDING);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(0.671875 / 3 / 4), ROUNDING);
    }

    @Test
    void shouldCorrectTheModelRankByRankWhenCascadeDoublyRobustIsAsked() {
        // 1 + .5 (1 - .75) + .5 .5 + .5 (0 - .25) = 1.25; without predictions as the cascade: 1.5, 3, 1
        assertThat(estimate(Estimator.CASCADE_DOUBLY_ROBUST).value()).isCloseTo(6.75 / 4, ROUNDING);
    }

    @Test
    void shouldShrinkTheWeightsWhenTheEffectiveSampleIsSmall() {
        // An effective sample of 3 shrinks the most, W / (W² + 1) = .4, 6/13, .4, .4:
        // 1 + .4 (1 - .5), 1 + 6/13 (1 - 1), 1 + .4 (2 - 1.5), 1 + .4 (1 - 1)
        assertThat(estimate(Estimator.SHRUNK_DOUBLY_ROBUST).value()).isCloseTo(1.1, ROUNDING);
    }

    @Test
    void shouldCompareWithWhatWasEarnedOnTheSameSlates() {
        PolicyEstimate difference = estimate(filled(new OffPolicyAccumulator()).difference(LAX));

        // W - 1 = -.5, .5, 1, -.5 with a mean of .125, times the rewards 1, 1, 2, 1; the slope is that of least
        // squares.
        double slope = 2.5625 / 1.6875;
        assertThat(difference.value()).isCloseTo(0.375 - slope * 0.125, ROUNDING);
        double squares = 4.1875 - slope * 2.5625;
        assertThat(difference.standardError()).isCloseTo(Math.sqrt(squares / 3 / 4), ROUNDING);
    }

    @Test
    void shouldRecommendTheModelOnlyWhenItPredictsWhatWasEarned() {
        OffPolicyAccumulator accumulator = filled(new OffPolicyAccumulator());

        // Predicted .5 + 1 + 1.5 + 1, earned 5: 20 % less.
        assertThat(accumulator.recommended()).isEqualTo(Estimator.SHRUNK_DOUBLY_ROBUST);
        accumulator.add(LoggedSlates.slate(List.of(LoggedSlates.choice(0.5, 0.5, 1))));
        assertThat(accumulator.recommended()).isEqualTo(Estimator.SELF_NORMALIZED);
    }

    @Test
    void shouldTellWhatTheEstimatesRestOn() {
        Overlap overlap = filled(new OffPolicyAccumulator()).overlap();

        assertThat(overlap.slates()).isEqualTo(4);
        assertThat(overlap.effectiveSampleSize()).isCloseTo(4.5 * 4.5 / 6.75, ROUNDING);
        assertThat(overlap.largestWeightShare()).isCloseTo(2 / 4.5, ROUNDING);
        assertThat(overlap.meanWeight()).isCloseTo(1.125, ROUNDING);
        // Deviations -.625, .375, .875, -.625
        assertThat(overlap.meanWeightError()).isCloseTo(Math.sqrt(1.6875 / 3 / 4), ROUNDING);
    }

    @Test
    void shouldAnswerWhatWasEarnedByTheLoggingPolicy() {
        PolicyEstimate logged = estimate(filled(new OffPolicyAccumulator()).logged(LAX));

        assertThat(logged.value()).isCloseTo(1.25, ROUNDING);
        assertThat(logged.standardError()).isCloseTo(Math.sqrt(0.75 / 3 / 4), ROUNDING);
        assertThat(logged.overlap().effectiveSampleSize()).isEqualTo(4);
    }

    @Test
    void shouldCountAShortSlateAsItIsWhereOthersAreLonger() {
        LoggedSlate shorter = LoggedSlates.slate(List.of(LoggedSlates.choice(0.5, 1, 1)));
        OffPolicyAccumulator before = new OffPolicyAccumulator();
        before.add(shorter);
        slates().forEach(before::add);
        OffPolicyAccumulator after = filled(new OffPolicyAccumulator());
        after.add(shorter);

        for (OffPolicyAccumulator accumulator : List.of(before, after)) {
            assertThat(estimate(accumulator.value(Estimator.CASCADE, LAX)).value())
                    .isCloseTo(8.0 / 5, ROUNDING);
            assertThat(accumulator.overlap().meanWeight()).isCloseTo(6.5 / 5, ROUNDING);
        }
    }
}
