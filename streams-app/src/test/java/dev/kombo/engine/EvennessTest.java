package dev.kombo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvennessTest {
    @Test
    void shouldWeighByEarlierChoicesToThePowerOfTheExponent() {
        Behavior before = behavior(3, 5);

        assertThat(new Evenness(1).weight(before)).isEqualTo(1f / 9);
        assertThat(new Evenness(0.5).weight(before)).isCloseTo(1f / 3, within(1e-6f));
        assertThat(Evenness.OF_CHOICES.weight(before)).isEqualTo(1f);
    }

    @Test
    void shouldGiveAFirstChoiceFullWeight() {
        assertThat(new Evenness(1).weight(behavior(0, 0))).isEqualTo(1f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void shouldRefuseAnExponentOutOfRange(double exponent) {
        assertThatThrownBy(() -> new Evenness(exponent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 1");
    }

    private static Behavior behavior(int purchases, int carts) {
        Behavior behavior = new Behavior(ProfileLimits.defaults());
        behavior.restoreCount(EventType.PURCHASE, purchases);
        behavior.restoreCount(EventType.ADD_TO_CART, carts);
        return behavior;
    }
}
