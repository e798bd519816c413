package dev.kombo.catalog;

import static dev.kombo.catalog.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items a and b are tea, c is garden. */
class CategoryPairsTest {
    private final CatalogIndex index = new CatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private void putItem(String id, String category) {
        index.putItem(CatalogFixtures.item(id, category, 100, "GBP", Item.UNLIMITED));
    }

    private void putItems() {
        putItem("a", "tea");
        putItem("b", "tea");
        putItem("c", "garden");
    }

    private void putModel(String id, String with, float weight) {
        Cooccurrences together =
                new Cooccurrences(new long[] {StableHash.of(Target.ofItem(with))}, new float[] {weight}, 1f);
        index.putModel(new TargetModel(
                Target.ofItem(id), new float[0], 0f, 1, 1, NOW, 1, 1, Item.UNKNOWN, null, List.of(), together, 1));
    }

    private void putModels() {
        putModel("b", "a", 30f);
        putModel("c", "a", 10f);
    }

    private float lift(String touched, String category) {
        return index.categoryLift(index.category(touched), index.category(category));
    }

    /** Pairs both ways: 60 of tea and tea, 10 of tea and garden, 10 of garden and tea: 70 and 10 of 80. */
    private void assertLifts() {
        assertThat(lift("tea", "tea")).isCloseTo((60 + 20 * 7 / 8f) / ((70 + 20) * 7 / 8f), within(1e-6f));
        assertThat(lift("tea", "garden")).isCloseTo((10 + 20 / 8f) / ((70 + 20) / 8f), within(1e-6f));
        assertThat(lift("garden", "tea")).isCloseTo((10 + 20 * 7 / 8f) / ((10 + 20) * 7 / 8f), within(1e-6f));
        assertThat(lift("garden", "garden")).isCloseTo((20 / 8f) / ((10 + 20) / 8f), within(1e-6f));
    }

    @Test
    void shouldKnowNothingBeforeTheFirstModel() {
        putItems();
        assertThat(lift("tea", "garden")).isEqualTo(1f);
        assertThat(lift("unheard of", "garden")).isEqualTo(1f);
    }

    @Test
    void shouldTellTheLiftDrawnToOne() {
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
    void shouldForgetWhatModelsSaidBefore() {
        putItems();
        putModel("b", "c", 0.3f);
        putModel("c", "b", 0.7f);
        putModels();
        assertLifts();
        index.removeModel(Target.ofItem("b"));
        index.removeModel(Target.ofItem("c"));
        assertThat(lift("tea", "tea")).isEqualTo(1f);
    }

    @Test
    void shouldFollowAnItemIntoAnotherCategory() {
        putItems();
        putItem("a", "kitchen");
        putModels();
        putItem("a", "tea");
        index.refresh();
        assertLifts();
        assertThat(lift("kitchen", "tea")).isEqualTo(20f / 20f);
    }

    @Test
    void shouldNotCountItemsThatLeftTheCatalogue() {
        putItems();
        putItem("d", "tea");
        putModels();
        putModel("d", "a", 1_000f);
        index.removeItem("d");
        index.refresh();
        assertLifts();
    }

    @Test
    void shouldCountManyCategories() {
        for (int item = 0; item < 40; item++) {
            putItem("item" + item, "category" + item);
        }
        for (int item = 1; item < 40; item++) {
            putModel("item" + item, "item" + (item - 1), 10f);
        }
        assertThat(lift("category38", "category39")).isGreaterThan(5f);
        assertThat(lift("category0", "category39")).isLessThan(1f);
    }
}
