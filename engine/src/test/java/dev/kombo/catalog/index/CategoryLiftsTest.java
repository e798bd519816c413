package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Item;
import dev.kombo.settings.SettingValues;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Lifts of a small catalogue: items a and b are tea, c is garden. */
class CategoryLiftsTest {
    private static final Offset<Float> EXACT = within(1e-5f);

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private void putItem(String id, String category) {
        index.putItem(CatalogFixtures.item(id, category, 100, "GBP", Item.UNLIMITED));
    }

    private void putItems() {
        putItem("a", "tea");
        putItem("b", "tea");
        putItem("c", "garden");
    }

    /** Together: a and b 2 * 3 * 5 = 30 with masses of 16, a and c 10, b and c none. */
    private void putModels() {
        index.putModel(CatalogFixtures.factors("i:a", 0, 16, 3, 2));
        index.putModel(CatalogFixtures.factors("i:b", 0, 1, 5, 0));
        index.putModel(CatalogFixtures.factors("i:c", 0, 1, 0, 2.5f));
        index.beginGeneration(1, CatalogFixtures.identity(2));
    }

    private float lift(String touched, String category) {
        return index.categoryLift(index.category(touched), index.category(category));
    }

    /** Pairs both ways: 60 of tea and tea, 10 of tea and garden, 10 of garden and tea: 70 and 10 of 80. */
    private void assertLifts() {
        assertThat(lift("tea", "tea")).isCloseTo((60 + 20 * 7 / 8f) / ((70 + 20) * 7 / 8f), EXACT);
        assertThat(lift("tea", "garden")).isCloseTo((10 + 20 / 8f) / ((70 + 20) / 8f), EXACT);
        assertThat(lift("garden", "tea")).isCloseTo((10 + 20 * 7 / 8f) / ((10 + 20) * 7 / 8f), EXACT);
        assertThat(lift("garden", "garden")).isCloseTo((20 / 8f) / ((10 + 20) / 8f), EXACT);
    }

    @Test
    void shouldKnowNothingBeforeTheFirstGeneration() {
        putItems();
        assertThat(lift("tea", "garden")).isEqualTo(1f);
        assertThat(lift("unheard of", "garden")).isEqualTo(1f);
    }

    @Test
    void shouldTellTheLiftOfThePairsThatFactorsStandForDrawnToOne() {
        putItems();
        putModels();
        assertLifts();
    }

    @Test
    void shouldSayTheSameWhateverCameFirst() {
        putModels();
        putItems();
        index.refresh();
        assertLifts();
    }

    @Test
    void shouldFollowAnItemIntoAnotherCategoryAndOutOfTheCatalogue() {
        putItems();
        putItem("a", "kitchen");
        putItem("d", "tea");
        index.putModel(CatalogFixtures.factors("i:d", 0, 1, 50, 50));
        putModels();
        putItem("a", "tea");
        index.removeItem("d");
        index.refresh();
        assertLifts();
        assertThat(lift("kitchen", "tea")).isEqualTo(20f / 20f);
    }

    @Test
    void shouldTellCategoriesThatAreSeldomTouchedTogetherApart() {
        for (int item = 0; item < 40; item++) {
            putItem("item" + item, "category" + item);
            index.putModel(CatalogFixtures.factors("i:item" + item, 0, 1, item % 2 * 10, (1 - item % 2) * 10));
        }
        index.beginGeneration(1, CatalogFixtures.identity(2));
        assertThat(lift("category37", "category39")).isGreaterThan(1.9f);
        assertThat(lift("category0", "category39")).isLessThan(0.1f);
    }
}
