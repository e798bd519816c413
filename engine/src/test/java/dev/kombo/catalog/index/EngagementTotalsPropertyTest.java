package dev.kombo.catalog.index;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EngagementTotalsPropertyTest {
    private static final double STRENGTH = EngagementKeys.PRIOR_IMPRESSIONS;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private static double clickRate(WritableCatalogIndex index) {
        EngagementKeys prior = index.priorEngagement(NOW);
        return Math.exp(prior.clicks() - prior.impressions());
    }

    @Property(seed = "31", tries = 100)
    void shouldDependOnTheLatestOfEachBundleOnlyToTheLastBit(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0, max = 1e6) Double> counts,
            @ForAll long shuffle) {
        List<EntityModel> models = new ArrayList<>();
        double impressions = 0;
        double clicks = 0;
        for (int b = 0; b < counts.size(); b++) {
            double shown = 1 + counts.get(b);
            double clicked = shown / (b + 2);
            models.add(CatalogFixtures.answered("b" + b, shown, clicked, 0, NOW));
            impressions += shown;
            clicks += clicked;
        }
        WritableCatalogIndex inOrder = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        models.forEach(inOrder::putModel);
        WritableCatalogIndex replaced = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        models.forEach(model ->
                replaced.putModel(CatalogFixtures.answered(Entity.idOf(model.entity()), 1e9 / 3, 1e6 / 7, 1, NOW)));
        replaced.putModel(CatalogFixtures.answered("gone", 17.3, 4, 1, NOW));
        Collections.shuffle(models, new Random(shuffle));
        models.forEach(replaced::putModel);
        replaced.removeModel("b:gone");

        assertThat(replaced.priorEngagement(NOW)).isEqualTo(inOrder.priorEngagement(NOW));
        assertThat(clickRate(inOrder)).isCloseTo(clicks / impressions, within(1e-5));
        assertThat(inOrder.priorEngagement(NOW).conversions()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void shouldStandForTheStrengthInImpressionsAtTheRequestsTime() {
        index.putModel(CatalogFixtures.answered("ab", 50, 10, 5, NOW));
        long halfLife = EngagementCounts.HALF_LIFE_MILLIS;
        EngagementKeys own = EngagementKeys.of(index.model("b:ab"));
        for (int halfLives : new int[] {0, 1, 3}) {
            EngagementKeys prior = index.priorEngagement(NOW + halfLives * halfLife);
            double kept = Math.pow(2, -halfLives);
            assertThat(Math.exp(own.impressions() - prior.impressions())).isCloseTo(kept * 50 / STRENGTH, within(1e-9));
            assertThat(Math.exp(own.clicks() - prior.clicks())).isCloseTo(kept * 10 / (STRENGTH * 0.2), within(1e-9));
            assertThat(Math.exp(own.conversions() - prior.conversions()))
                    .isCloseTo(kept * 5 / (STRENGTH * 0.1), within(1e-9));
        }
    }

    @Test
    void shouldKnowNoRateBeforeAnAnswer() {
        assertThat(index.priorEngagement(NOW).clicks()).isEqualTo(Double.NEGATIVE_INFINITY);
        index.putModel(CatalogFixtures.answered("ab", 3, 0, 0, NOW));
        assertThat(index.priorEngagement(NOW).clicks()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(index.priorEngagement(NOW).conversions()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
