package dev.kombo.tracking.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OffPolicyAccumulatorTest {
    private static final OverlapLimits LAX = new OverlapLimits(2, 1, 0);
    private static final Offset<Double> ROUNDING = within(1e-12);

    /** Ratios down to each rank: .5 .5, 1.5 1.5, 1 2, 1 .5; rewards: 1 0, 0 1, 1 1, 1 0. */
    private static List<LoggedSlate> slates() {
        LoggedChoice modelled = new LoggedChoice(0.5, 0.25, 0, 1, new Prediction(0.75, 1));
        LoggedChoice modelledBelow = new LoggedChoice(0.5, 0.5, 0, 0, new Prediction(0.25, 0.5));
        return List.of(
                new LoggedSlate(List.of(modelled, modelledBelow), new Prediction(0.5, 1)),
                new LoggedSlate(
                        List.of(LoggedChoice.of(0.5, 0.75, 0), LoggedChoice.of(0.25, 0.25, 1)), new Prediction(1, 1)),
                new LoggedSlate(
                        List.of(LoggedChoice.of(0.25, 0.25, 1), LoggedChoice.of(0.5, 1, 1)), new Prediction(1.5, 1)),
                new LoggedSlate(
                        List.of(LoggedChoice.of(0.5, 0.5, 1), LoggedChoice.of(0.5, 0.25, 0)), new Prediction(1, 1)));
    }

    private static OffPolicyAccumulator filled(OffPolicyAccumulator accumulator) {
        slates().forEach(accumulator::add);
        return accumulator;
    }

    private static PolicyEstimate estimate(PolicyValue value) {
        assertThat(value).isInstanceOf(PolicyEstimate.class);
        return (PolicyEstimate) value;
    }

    private static PolicyEstimate estimate(Estimator estimator) {
        return estimate(filled(OffPolicyAccumulator.unclipped()).value(estimator, LAX));
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
    void shouldTellWhatTheEstimatesRestOn() {
        Overlap overlap = filled(OffPolicyAccumulator.unclipped()).overlap();

        assertThat(overlap.slates()).isEqualTo(4);
        assertThat(overlap.effectiveSampleSize()).isCloseTo(4.5 * 4.5 / 6.75, ROUNDING);
        assertThat(overlap.largestWeightShare()).isCloseTo(2 / 4.5, ROUNDING);
        assertThat(overlap.meanWeight()).isCloseTo(1.125, ROUNDING);
        // Deviations -.625, .375, .875, -.625
        assertThat(overlap.meanWeightError()).isCloseTo(Math.sqrt(1.6875 / 3 / 4), ROUNDING);
        assertThat(overlap.clippedShare()).isZero();
    }

    @Test
    void shouldUseTheWeightsOfTheFirstRanksWhenOnlyTheseAreAsked() {
        OffPolicyAccumulator accumulator = filled(OffPolicyAccumulator.unclipped());
        PolicyEstimate first = estimate(accumulator.firstRanks(1, LAX));

        assertThat(first.value()).isCloseTo(2.5 / 4, ROUNDING);
        assertThat(first.overlap().effectiveSampleSize()).isCloseTo(16 / 4.5, ROUNDING);
        assertThat(accumulator.firstRanks(2, LAX)).isEqualTo(accumulator.value(Estimator.CASCADE, LAX));
        assertThat(accumulator.firstRanks(9, LAX)).isEqualTo(accumulator.firstRanks(2, LAX));
        assertThatIllegalArgumentException().isThrownBy(() -> accumulator.firstRanks(0, LAX));
    }

    @Test
    void shouldAnswerWhatWasEarnedByTheLoggingPolicy() {
        PolicyEstimate logged =
                estimate(filled(OffPolicyAccumulator.unclipped()).logged(LAX));

        assertThat(logged.value()).isCloseTo(1.25, ROUNDING);
        assertThat(logged.standardError()).isCloseTo(Math.sqrt(0.75 / 3 / 4), ROUNDING);
        assertThat(logged.overlap().effectiveSampleSize()).isEqualTo(4);
    }

    @Test
    void shouldLowerWeightsToTheBoundWhenClipped() {
        OffPolicyAccumulator clipped = filled(OffPolicyAccumulator.clippedAt(1.5));

        // The third slate's 2 becomes 1.5.
        assertThat(estimate(clipped.value(Estimator.INVERSE_PROPENSITY, LAX)).value())
                .isCloseTo(5.5 / 4, ROUNDING);
        assertThat(estimate(clipped.value(Estimator.CASCADE, LAX)).value()).isCloseTo(5.5 / 4, ROUNDING);
        assertThat(clipped.overlap().clippedShare()).isEqualTo(0.25);
        assertThat(clipped.overlap().meanWeight()).isCloseTo(1, ROUNDING);
    }

    @Test
    void shouldWeightARewardOfTheWholeLikeASlateInAllEstimators() {
        OffPolicyAccumulator accumulator = OffPolicyAccumulator.unclipped();
        for (LoggedSlate slate : slates()) {
            List<LoggedChoice> unrewarded = slate.choices().stream()
                    .map(choice -> LoggedChoice.of(choice.propensity(), choice.probability(), 0))
                    .toList();
            accumulator.add(LoggedSlate.ofWhole(unrewarded, 700, Prediction.NONE));
        }

        assertThat(estimate(accumulator.value(Estimator.CASCADE, LAX)).value()).isCloseTo(787.5, ROUNDING);
        assertThat(accumulator.value(Estimator.CASCADE, LAX))
                .isEqualTo(accumulator.value(Estimator.INVERSE_PROPENSITY, LAX));
        // All rewards are alike, whatever the weights.
        assertThat(estimate(accumulator.value(Estimator.SELF_NORMALIZED, LAX)).value())
                .isCloseTo(700, ROUNDING);
    }

    @Test
    void shouldCountAShortSlateAsItIsWhereOthersAreLonger() {
        LoggedSlate shorter = LoggedSlate.of(List.of(LoggedChoice.of(0.5, 1, 1)));
        OffPolicyAccumulator before = OffPolicyAccumulator.unclipped();
        before.add(shorter);
        slates().forEach(before::add);
        OffPolicyAccumulator after = filled(OffPolicyAccumulator.unclipped());
        after.add(shorter);

        for (OffPolicyAccumulator accumulator : List.of(before, after)) {
            assertThat(estimate(accumulator.value(Estimator.CASCADE, LAX)).value())
                    .isCloseTo(8.0 / 5, ROUNDING);
            assertThat(accumulator.overlap().meanWeight()).isCloseTo(6.5 / 5, ROUNDING);
            assertThat(estimate(accumulator.firstRanks(1, LAX)).value()).isCloseTo(4.5 / 5, ROUNDING);
        }
    }

    @Test
    void shouldRefuseToMergeWhenWeightsAreClippedOtherwise() {
        OffPolicyAccumulator clipped = OffPolicyAccumulator.clippedAt(3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> clipped.merge(OffPolicyAccumulator.unclipped()))
                .withMessage("weights are clipped at 3.0 here and at Infinity there");
        assertThatIllegalArgumentException().isThrownBy(() -> OffPolicyAccumulator.clippedAt(0));
        assertThatIllegalArgumentException().isThrownBy(() -> OffPolicyAccumulator.clippedAt(Double.NaN));
    }
}
