package dev.kombo.experiment.offpolicy;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kombo.experiment.offpolicy.LoggedSlate.LoggedChoice;
import dev.kombo.experiment.offpolicy.LoggedSlate.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedSlateTest {

    @Test
    void shouldNameWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedSlates.choice(0, 0.5, 1))
                .withMessage("propensity must be above 0 up to 1, but is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> LoggedSlates.choice(Double.NaN, 0.5, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedSlates.choice(0.5, 1.5, 1))
                .withMessageStartingWith("probability must be 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedSlates.choice(0.5, 0.5, Double.POSITIVE_INFINITY))
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
        LoggedChoice rare = LoggedSlates.choice(1e-200, 1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedSlates.slate(List.of()))
                .withMessage("a logged slate must have at least one choice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedSlates.slate(List.of(rare, rare)))
                .withMessage("the weight of a slate is not finite at rank 2");
    }
}
