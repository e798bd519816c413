package dev.kombo.ranking.contest;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.settings.SettingValues;
import org.junit.jupiter.api.Test;

class OccasionTest {
    private static Behavior shopper(boolean holdings) {
        return new Behavior(ProfileLimits.of(SettingValues.defaults().with(ProfileLimits.HOLDINGS, holdings)));
    }

    @Test
    void shouldTellABasketFromNone() {
        Behavior shopper = shopper(false);
        assertThat(Occasion.of(shopper)).isEqualTo(Occasion.EMPTY_BASKET);
        shopper.cart().add("a", 1, NOW);
        assertThat(Occasion.of(shopper)).isEqualTo(Occasion.BASKET);
        shopper.record(Events.item(EventType.PURCHASE, "a", NOW));
        assertThat(Occasion.of(shopper)).as("bought: the cart is empty").isEqualTo(Occasion.EMPTY_BASKET);
        shopper.order(new OpenOrder("o1", NOW));
        assertThat(Occasion.of(shopper)).isEqualTo(Occasion.BASKET);
    }

    @Test
    void shouldTellACustomerWhoHoldsSomething() {
        Behavior customer = shopper(true);
        assertThat(Occasion.of(customer)).isEqualTo(Occasion.EMPTY_BASKET);
        customer.record(Events.item(EventType.PURCHASE, "account", NOW));
        customer.cart().add("card", 1, NOW);
        assertThat(Occasion.of(customer)).as("whatever is in the basket").isEqualTo(Occasion.HOLDINGS);
        customer.record(Events.item(EventType.RETURN, "account", NOW + 1));
        assertThat(Occasion.of(customer)).as("it is closed").isEqualTo(Occasion.BASKET);
    }

    @Test
    void shouldTakeAnUnknownNumberAsAnEmptyBasket() {
        assertThat(Occasion.of(-1)).isEqualTo(Occasion.EMPTY_BASKET);
        assertThat(Occasion.of(Occasion.count())).isEqualTo(Occasion.EMPTY_BASKET);
        for (Occasion occasion : Occasion.values()) {
            assertThat(Occasion.of(occasion.ordinal())).isEqualTo(occasion);
        }
    }
}
