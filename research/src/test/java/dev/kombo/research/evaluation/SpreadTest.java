package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    /** By hand: mean 4, squares 4 + 1 + 9 = 14, over 2. */
    @Test
    void shouldDivideByOneLessWhenTheDeviationIsTaken() {
        Spread spread = Spread.of(List.of(2.0, 3.0, 7.0));

        assertThat(spread.mean()).isEqualTo(4);
        assertThat(spread.sd()).isCloseTo(Math.sqrt(7), within(1e-12));
        assertThat(spread.values()).containsExactly(2.0, 3.0, 7.0);
    }

    @Test
    void shouldGiveNoDeviationWhenThereIsOneValue() {
        assertThat(Spread.of(List.of(0.25))).isEqualTo(new Spread(0.25, 0, List.of(0.25)));
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Spread.of(List.of(1.0, Double.NaN))).isInstanceOf(IllegalArgumentException.class);
    }
}
