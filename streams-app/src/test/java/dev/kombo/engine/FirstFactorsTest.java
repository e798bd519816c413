package dev.kombo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.CatalogFixtures;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.IndexSettings;
import dev.kombo.catalog.Item;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.settings.SettingValues;
import org.junit.jupiter.api.Test;

class FirstFactorsTest {
    private final CatalogIndex catalog = new CatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final FactorSettings settings = FactorSettings.of(SettingValues.defaults());
    private final FirstFactors first = new FirstFactors(catalog, settings);

    private float[] named(String name) {
        return Factors.initial(name, settings.seed(), settings.factors());
    }

    private void learned(String item, float value) {
        catalog.putModel(CatalogFixtures.model("i:" + item, 1, vector(value)));
    }

    private float[] vector(float value) {
        float[] vector = new float[settings.factors()];
        vector[0] = value;
        return vector;
    }

    private float inherited(String target) {
        return first.ofTarget(target)[0] - named(target)[0];
    }

    @Test
    void shouldStartAnItemFromItsCategory() {
        catalog.putItem(CatalogFixtures.item("green", "tea", 100, "GBP", Item.UNLIMITED));
        catalog.putItem(CatalogFixtures.item("black", "tea", 100, "GBP", Item.UNLIMITED));
        catalog.putItem(CatalogFixtures.item("new", "tea", 100, "GBP", Item.UNLIMITED));
        catalog.putItem(CatalogFixtures.item("cup", "china", 100, "GBP", Item.UNLIMITED));
        learned("green", 2f);
        learned("black", 4f);

        assertThat(inherited("i:new")).isCloseTo(1.5f, within(1e-6f));
        assertThat(inherited("i:cup")).isZero();
        assertThat(first.ofTarget("i:never-heard-of")).containsExactly(named("i:never-heard-of"));
        assertThat(first.ofTarget("b:bundle")).containsExactly(named("b:bundle"));

        learned("black", 8f);
        assertThat(inherited("i:new")).as("learned anew").isCloseTo(2.5f, within(1e-6f));
        catalog.putItem(CatalogFixtures.item("black", "china", 100, "GBP", Item.UNLIMITED));
        assertThat(inherited("i:new")).as("one has left").isCloseTo(1f, within(1e-6f));
        assertThat(inherited("i:cup")).as("it came here").isCloseTo(4f, within(1e-6f));
        catalog.removeModel("i:green");
        assertThat(inherited("i:new")).as("none is left").isZero();
    }

    @Test
    void shouldStartAShopperFromTheFirstTarget() {
        assertThat(first.ofShopper("u:1", vector(2f))[0] - named("u:1")[0]).isCloseTo(1f, within(1e-6f));
        assertThat(first.ofShopper("u:1", null)).containsExactly(named("u:1"));
        assertThat(first.ofShopper("u:1", new float[3]))
                .as("of another setting")
                .containsExactly(named("u:1"));
    }
}
