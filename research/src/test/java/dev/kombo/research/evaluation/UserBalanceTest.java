package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.SettingValues;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserBalanceTest {
    @Test
    void shouldWeighByEarlierChoicesToThePowerOfTheExponent() {
        Behavior before = behavior(3, 5);

        assertThat(new UserBalance(1).weight(before)).isEqualTo(1f / 9);
        assertThat(new UserBalance(0.5).weight(before)).isCloseTo(1f / 3, within(1e-6f));
        assertThat(new UserBalance(0).weight(before)).isEqualTo(1f);
    }

    @Test
    void shouldGiveAFirstChoiceFullWeight() {
        assertThat(new UserBalance(1).weight(behavior(0, 0))).isEqualTo(1f);
    }

    private static Behavior behavior(int purchases, int carts) {
        Behavior behavior = new Behavior(ProfileLimits.of(SettingValues.defaults()));
        for (int i = 0; i < purchases + carts; i++) {
            EventType type = i < purchases ? EventType.PURCHASE : EventType.ADD_TO_CART;
            behavior.record(new ShopperEvent(
                    "e" + i,
                    "user",
                    null,
                    type,
                    "item",
                    null,
                    null,
                    null,
                    1,
                    ShopperEvent.NO_PRICE,
                    null,
                    Double.NaN,
                    null,
                    1,
                    Map.of(),
                    false,
                    ShopperEvent.NOT_STATED));
        }
        return behavior;
    }
}
