package dev.kombo.tracking.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedSlateTest {

    @Test
    void shouldNameWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedChoice.of(0, 0.5, 1))
                .withMessage("propensity must be above 0 up to 1, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> LoggedChoice.of(Double.NaN, 0.5, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedChoice.of(0.5, 1.5, 1))
                .withMessageStartingWith("probability must be 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedChoice.of(0.5, 0.5, Double.POSITIVE_INFINITY))
                .withMessageStartingWith("reward must be finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoggedChoice(0.5, 0.5, -0.1, 1, Prediction.NONE))
                .withMessageStartingWith("unsupported must be 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoggedChoice(0.5, 0.5, 0.6, 1, Prediction.NONE))
                .withMessage("unsupported must be 0 to 1 less the probability of the choice, but is 0.6");
        assertThatIllegalArgumentException().isThrownBy(() -> new Prediction(Double.NaN, 0));
    }

    @Test
    void shouldRefuseASlateWithoutChoicesOrWithAWeightBeyondNumbers() {
        LoggedChoice rare = LoggedChoice.of(1e-200, 1, 0);

        assertThatIllegalArgumentException().isThrownBy(() -> LoggedSlate.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedSlate.ofWhole(List.of(), 1, Prediction.NONE))
                .withMessage("a logged slate must have at least one choice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedSlate.of(List.of(rare, rare)))
                .withMessage("the weight of a slate is not finite at rank 2");
    }

    @Test
    void shouldPutTheRewardOfTheWholeAtTheLastRank() {
        LoggedSlate slate = LoggedSlate.ofWhole(
                List.of(LoggedChoice.of(0.5, 0.5, 1), LoggedChoice.of(0.5, 0.5, 2)), 10, new Prediction(3, 4));

        assertThat(slate.choices()).extracting(LoggedChoice::reward).containsExactly(1.0, 12.0);
        assertThat(slate.prediction()).isEqualTo(new Prediction(3, 4));
    }
}
