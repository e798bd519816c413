package dev.kombo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.PopularitySettings;
import dev.kombo.catalog.ResponseSettings;
import dev.kombo.catalog.Responses;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.learning.ItemFactorLearner;
import dev.kombo.learning.ItemFactors;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.ResponseCounts;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetStateTest {
    private static final long NOW = 1_700_000_000_000L;

    private final FactorSettings settings = FactorSettings.of(SettingValues.defaults());
    private final ItemFactorLearner learner = new ItemFactorLearner(settings);
    private final TargetState state = new TargetState(
            ItemFactors.initial(Factors.initial("i:a", settings.seed(), settings.factors())),
            new Popularity(PopularitySettings.of(SettingValues.defaults())),
            new ResponseCounts(ResponseSettings.of(SettingValues.defaults())),
            0,
            0,
            -1,
            null);

    private static TargetUpdate.Touch touch(float weight, long price, String currency) {
        return new TargetUpdate.Touch(weight, price, currency, new long[0], new float[0]);
    }

    @Test
    void shouldCountATouchWithItsWeightAndPrice() {
        float[] before = state.factors().vector().clone();
        assertThat(state.apply(new TargetUpdate(NOW, null, 0f, touch(0.5f, 450, "GBP"), null, null), learner, true))
                .isTrue();
        assertThat(state.interactions()).isEqualTo(1);
        assertThat(state.popularity().longTerm()).isEqualTo(0.5);
        assertThat(state.lastPriceMinor()).isEqualTo(450);
        assertThat(state.currency()).isEqualTo("GBP");
        assertThat(state.purchases()).isZero();
        assertThat(state.factors().vector()).isEqualTo(before);

        state.apply(new TargetUpdate(NOW, null, 0f, touch(1f, Item.UNKNOWN, null), null, null), learner, false);
        assertThat(state.lastPriceMinor())
                .as("an unpriced touch says nothing of the price")
                .isEqualTo(450);
        assertThat(state.interactions()).isEqualTo(2);
    }

    @Test
    void shouldCountAnOrder() {
        state.apply(TargetUpdate.ordered(NOW, new TargetUpdate.Order(List.of("b"), List.of())), learner, true);
        assertThat(state.purchases()).isEqualTo(1);
        assertThat(state.interactions()).isZero();
        assertThat(state.popularity().longTerm()).isZero();
    }

    @Test
    void shouldCountAnAnswerToAnOfferAndNothingElseOfIt() {
        float[] before = state.factors().vector().clone();
        assertThat(state.apply(TargetUpdate.answered(NOW, new TargetUpdate.Response(1, 0, 0)), learner, true))
                .isTrue();
        state.apply(TargetUpdate.answered(NOW, new TargetUpdate.Response(0, 1, 1)), learner, false);
        assertThat(state.responses().counts()).isEqualTo(new Responses(1, 1, 1, NOW));
        state.apply(TargetUpdate.answered(NOW, new TargetUpdate.Response(0, 0, -1)), learner, false);
        assertThat(state.responses().counts()).isEqualTo(new Responses(1, 1, 0, NOW));
        assertThat(state.interactions()).isZero();
        assertThat(state.purchases()).isZero();
        assertThat(state.popularity().longTerm()).isZero();
        assertThat(state.factors().vector()).isEqualTo(before);
    }

    @Test
    void shouldStepAgainstTheGradient() {
        float[] gradient = new float[settings.factors()];
        gradient[0] = 0.5f;
        float before = state.factors().vector()[0];
        assertThat(state.apply(new TargetUpdate(NOW, gradient, 0f, null, null, null), learner, true))
                .isTrue();
        assertThat(state.factors().vector()[0]).isLessThan(before);
    }

    @Test
    void shouldCountTheRestWhereTheGradientCannotBeApplied() {
        float[] before = state.factors().vector().clone();
        float[] poison = new float[settings.factors()];
        poison[1] = Float.NaN;
        assertThat(state.apply(new TargetUpdate(NOW, poison, 0f, touch(1f, 0, null), null, null), learner, true))
                .isFalse();
        assertThat(state.apply(new TargetUpdate(NOW, new float[3], 0f, touch(1f, 0, null), null, null), learner, true))
                .isFalse();
        assertThat(state.interactions()).isEqualTo(2);
        assertThat(state.factors().vector()).isEqualTo(before);
    }
}
