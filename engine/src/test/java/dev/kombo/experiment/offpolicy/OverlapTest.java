package dev.kombo.experiment.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import dev.kombo.experiment.offpolicy.Refusal.Obstacle;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private static final Overlap.Limits STANDARD = Overlap.Limits.standard();

    private static OffPolicyAccumulator of(int slates, LoggedChoice... choices) {
        OffPolicyAccumulator accumulator = new OffPolicyAccumulator();
        for (int i = 0; i < slates; i++) {
            accumulator.add(LoggedSlates.slate(List.of(choices)));
        }
        return accumulator;
    }

    private static Refusal refusal(EstimateOrRefusal value) {
        assertThat(value).isInstanceOf(Refusal.class);
        return (Refusal) value;
    }

    @Test
    void shouldRefuseWhenTheLogIsEmpty() {
        OffPolicyAccumulator empty = new OffPolicyAccumulator();

        for (Estimator estimator : Estimator.values()) {
            assertThat(refusal(empty.value(estimator, STANDARD)).reason()).isEqualTo(Obstacle.SMALL_EFFECTIVE_SAMPLE);
        }
        assertThat(refusal(empty.logged(STANDARD)).reason()).isEqualTo(Obstacle.SMALL_EFFECTIVE_SAMPLE);
    }

    @Test
    void shouldRefuseJustBelowTheEffectiveSampleAndAnswerJustAtIt() {
        LoggedChoice choice = LoggedSlates.choice(0.5, 0.5, 1);
        Refusal refusal = refusal(of(99, choice).value(Estimator.CASCADE, STANDARD));

        assertThat(refusal.reason()).isEqualTo(Obstacle.SMALL_EFFECTIVE_SAMPLE);
        assertThat(refusal.explanation())
                .isEqualTo("99 slates are worth 99.0 of equal weight, below the 100.0 asked for: the candidate policy"
                        + " shows others than these, or there are too few");
        assertThat(refusal.overlap().slates()).isEqualTo(99);
        assertThat(of(100, choice).value(Estimator.CASCADE, STANDARD)).isInstanceOf(PolicyEstimate.class);
    }

    @Test
    void shouldRefuseWhenTheCandidatePolicyShowsNoneOfTheSlates() {
        OffPolicyAccumulator never = of(500, LoggedSlates.choice(0.5, 0, 1));

        assertThat(never.overlap().effectiveSampleSize()).isZero();
        assertThat(refusal(never.value(Estimator.SELF_NORMALIZED, STANDARD)).reason())
                .isEqualTo(Obstacle.SMALL_EFFECTIVE_SAMPLE);
    }

    @Test
    void shouldRefuseWhenOneSlateHoldsTooMuchOfTheWeight() {
        OffPolicyAccumulator accumulator = of(10_000, LoggedSlates.choice(0.5, 0.5, 1));
        accumulator.add(LoggedSlates.slate(List.of(LoggedSlates.choice(1.0 / 4096, 0.5, 1))));
        Overlap.Limits lax = new Overlap.Limits(20, 0.1, 0);
        Refusal refusal = refusal(accumulator.value(Estimator.INVERSE_PROPENSITY, lax));

        assertThat(refusal.reason()).isEqualTo(Obstacle.DOMINANT_SLATE);
        assertThat(refusal.explanation())
                .isEqualTo("one slate of 10001 holds 0.170 of all weight, above the 0.100 allowed");
    }

    @Test
    void shouldRefuseWhenTheLoggingPolicyNeverMakesWhatTheCandidateMakes() {
        LoggedChoice deterministic = new LoggedChoice(1, 0.75, 0.25, 1, Prediction.NONE);
        Refusal refusal = refusal(of(1000, deterministic).value(Estimator.INVERSE_PROPENSITY, STANDARD));

        assertThat(refusal.reason()).isEqualTo(Obstacle.UNSUPPORTED_CHOICES);
        assertThat(refusal.explanation())
                .isEqualTo("with probability 0.250 the candidate policy makes choices that the logging policy never"
                        + " makes: the log does not say what they earn");
    }

    @Test
    void shouldNotMindUnsupportedChoicesBelowWhatTheCandidateNeverShows() {
        OffPolicyAccumulator accumulator = of(200, LoggedSlates.choice(0.5, 1, 1));
        accumulator.add(LoggedSlates.slate(
                List.of(LoggedSlates.choice(0.5, 0, 1), new LoggedChoice(1, 0, 1, 0, Prediction.NONE))));

        assertThat(accumulator.overlap().unsupported()).isZero();
        assertThat(accumulator.value(Estimator.CASCADE, STANDARD)).isInstanceOf(PolicyEstimate.class);
    }

    @Test
    void shouldRefuseLimitsThatAreOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Overlap.Limits(1, 0.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Overlap.Limits(100, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Overlap.Limits(100, 0.1, 1));
    }
}
