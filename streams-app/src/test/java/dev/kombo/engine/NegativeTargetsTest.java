package dev.kombo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.CatalogFixtures;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.IndexSettings;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Loss;
import dev.kombo.settings.SettingValues;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NegativeTargetsTest {
    private static final int DRAWS = 4000;

    private final CatalogIndex catalog = new CatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private static FactorSettings settings(float popular) {
        return new FactorSettings(2, 0.1f, 0.1f, 0f, 2, popular, 0, Loss.LOGISTIC, 1f, 1f, 1);
    }

    /** Shares by target of what was drawn against one; null draws under "none". */
    private Map<String, Double> shares(float popular, String chosen, boolean item) {
        NegativeTargets negatives = new NegativeTargets(settings(popular), catalog);
        Map<String, Double> shares = new HashMap<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            TargetModel model = negatives.draw(StableHash.of(chosen), item, StableHash.mix(draw));
            shares.merge(model == null ? "none" : model.target(), 1.0 / DRAWS, Double::sum);
        }
        return shares;
    }

    private void touch(String target, int publications) {
        for (int i = 1; i <= publications; i++) {
            catalog.putModel(CatalogFixtures.model(target, i, 1f, 0f));
        }
    }

    @Test
    void shouldDrawByPopularityWhereAllAreToBePopular() {
        touch("i:often", 15);
        touch("i:seldom", 5);
        Map<String, Double> shares = shares(1f, "i:other", true);
        assertThat(shares.get("i:often")).isBetween(0.71, 0.79);
        assertThat(shares.get("i:seldom")).isBetween(0.21, 0.29);
    }

    @Test
    void shouldDrawUniformlyWhereNoneAreToBePopular() {
        touch("i:often", 15);
        touch("i:seldom", 5);
        Map<String, Double> shares = shares(0f, "i:other", true);
        assertThat(shares.get("i:often")).isBetween(0.46, 0.54);
        assertThat(shares.get("i:seldom")).isBetween(0.46, 0.54);
    }

    @Test
    void shouldMixBothAsTheShareSays() {
        touch("i:often", 15);
        touch("i:seldom", 5);
        assertThat(shares(0.5f, "i:other", true).get("i:often")).isBetween(0.58, 0.67);
    }

    @Test
    void shouldDrawNothingWhereTheDrawFallsOnWhatWasChosen() {
        touch("i:often", 15);
        touch("i:seldom", 5);
        Map<String, Double> shares = shares(1f, "i:often", true);
        assertThat(shares).containsOnlyKeys("none", "i:seldom");
        assertThat(shares.get("none")).isBetween(0.71, 0.79);
    }

    @Test
    void shouldDrawBundlesAgainstABundle() {
        catalog.putBundle(CatalogFixtures.bundle("x", 100, "a", "b"));
        touch("i:a", 5);
        touch("b:x", 5);
        assertThat(shares(1f, "b:y", false)).containsOnlyKeys("b:x");
        catalog.removeBundle("x");
        assertThat(shares(1f, "b:y", false)).containsOnlyKeys("none");
    }

    @Test
    void shouldDrawNothingThatCannotBeLearnedFrom() {
        assertThat(shares(1f, "i:a", true)).containsOnlyKeys("none");
        assertThat(shares(0f, "b:a", false)).containsOnlyKeys("none");
        catalog.putModel(CatalogFixtures.model("i:long", 3, 1f, 0f, 0f));
        catalog.putItem(CatalogFixtures.item("plain", 100));
        assertThat(shares(0.5f, "i:a", true)).containsOnlyKeys("none");
    }
}
