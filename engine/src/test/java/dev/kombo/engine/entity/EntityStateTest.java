package dev.kombo.engine.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Item;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityStateTest {
    private static final long NOW = 1_700_000_000_000L;

    private final EntityState state = EntityState.unknown(PopularitySettings.of(SettingValues.defaults()));

    private static EntityUpdate touched(float weight, long price, String currency, long... partners) {
        float[] weights = new float[partners.length];
        java.util.Arrays.fill(weights, 1f);
        return EntityUpdate.ofInteraction(
                NOW, new EntityUpdate.EntityInteraction(weight, price, currency, partners, weights), null);
    }

    @Test
    void shouldCountATouchWithItsWeightAndPrice() {
        state.count(touched(0.5f, 450, "GBP", 7));
        assertThat(state.interactions()).isEqualTo(1);
        assertThat(state.popularity().longTerm()).isEqualTo(0.5);
        assertThat(state.partners().mass()).isEqualTo(0.5);
        assertThat(state.partners().size()).isEqualTo(1);
        assertThat(state.lastPriceMinor()).isEqualTo(450);
        assertThat(state.currency()).isEqualTo("GBP");
        assertThat(state.purchases()).isZero();

        state.count(touched(1f, Item.UNKNOWN, null));
        assertThat(state.lastPriceMinor())
                .as("an unpriced touch says nothing of the price")
                .isEqualTo(450);
        assertThat(state.interactions()).isEqualTo(2);
    }

    @Test
    void shouldCountAnOrder() {
        state.count(EntityUpdate.ordered(
                NOW, new EntityUpdate.EntityOrder(List.of("b"), List.of(), false, EntityUpdate.EntityOrder.NO_LEVELS)));
        assertThat(state.purchases()).isEqualTo(1);
        assertThat(state.interactions()).isZero();
        assertThat(state.popularity().longTerm()).isZero();
        assertThat(state.partners().mass()).isZero();
    }

    @Test
    void shouldCountAnAnswerToAnOfferAndNothingElseOfIt() {
        state.count(EntityUpdate.engaged(NOW, new EntityUpdate.EntityEngagement(1, 0, 0, 0.25f)));
        state.count(EntityUpdate.engaged(NOW, new EntityUpdate.EntityEngagement(0, 1, 1, 0)));
        assertThat(state.engagement()).isEqualTo(new EngagementCounts(1, 1, 1, 0.25, NOW));
        state.count(EntityUpdate.engaged(NOW, new EntityUpdate.EntityEngagement(0, -1, -1, 0)));
        assertThat(state.engagement()).isEqualTo(new EngagementCounts(1, 0, 0, 0.25, NOW));
        assertThat(state.interactions()).isZero();
        assertThat(state.purchases()).isZero();
        assertThat(state.popularity().longTerm()).isZero();
    }
}
