package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.Item;
import dev.kombo.settings.SettingValues;
import java.util.List;
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
        CategoryLifts lifts = index.categoryLifts();
        return lifts.of(group(lifts, touched), group(lifts, category));
    }

    private int group(CategoryLifts lifts, String category) {
        int number = index.category(category);
        return number == CatalogIndex.UNKNOWN ? number : lifts.group(0, number);
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

    @Test
    void shouldGroupItemsByTheirFactorsWhenTheyHaveNoCategory() {
        putItem("z", "tea");
        for (int item = 0; item < 40; item++) {
            putItem("item" + item, null);
            index.putModel(CatalogFixtures.factors("i:item" + item, 0, 1, item % 2 * 10, (1 - item % 2) * 10));
        }
        index.beginGeneration(1, CatalogFixtures.identity(2));

        CategoryLifts lifts = index.categoryLifts();
        int even = lifts.group(1, CatalogIndex.UNKNOWN);
        int odd = lifts.group(2, CatalogIndex.UNKNOWN);
        assertThat(even).isNotEqualTo(odd).isNotNegative();
        assertThat(lifts.of(even, even)).isGreaterThan(1.5f);
        assertThat(lifts.of(even, odd)).isLessThan(0.5f);
        assertThat(lifts.group(0, index.category("tea"))).isNotIn(even, odd);
    }

    @Test
    void shouldFormTheSameClustersInWhateverOrderItemsArrive() {
        WritableCatalogIndex other = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        for (int item = 0; item < 40; item++) {
            for (WritableCatalogIndex each : List.of(index, other)) {
                int number = each == index ? item : 39 - item;
                each.putItem(CatalogFixtures.item("item" + number, null, 100, "GBP", Item.UNLIMITED));
                each.putModel(CatalogFixtures.factors("i:item" + number, 0, 1, number + 1, 40 - number));
            }
        }
        index.beginGeneration(1, CatalogFixtures.identity(2));
        other.beginGeneration(1, CatalogFixtures.identity(2));
        assertSameClusters(other);

        // One instance sees the change of a category before new vectors, the other after them.
        index.putItem(CatalogFixtures.item("new", "tea", 100, "GBP", Item.UNLIMITED));
        index.refresh();
        for (int item = 0; item < 40; item += 3) {
            for (WritableCatalogIndex each : List.of(index, other)) {
                each.putModelLater(CatalogFixtures.factors("i:item" + item, 1, 1, 40 - item, item * item + 1));
            }
        }
        other.putItem(CatalogFixtures.item("new", "tea", 100, "GBP", Item.UNLIMITED));
        other.refresh();
        assertSameClusters(other);
    }

    @Test
    void shouldFormClustersOfItemsThatArriveAfterTheFactorsInForce() {
        index.beginGeneration(1, CatalogFixtures.identity(2));
        for (int item = 0; item < 40; item++) {
            index.putItem(CatalogFixtures.item("item" + item, null, 100, "GBP", Item.UNLIMITED));
            index.putModelLater(CatalogFixtures.factors("i:item" + item, 0, 1, item + 1, 40 - item));
        }
        assertThat(index.categoryLifts().group(0, CatalogIndex.UNKNOWN)).isEqualTo(CatalogIndex.UNKNOWN);
        index.refresh();
        assertThat(index.categoryLifts().group(0, CatalogIndex.UNKNOWN)).isNotEqualTo(CatalogIndex.UNKNOWN);
    }

    /** Items 0 to 39 have these ordinals here, and the opposite ones in the other index. */
    private void assertSameClusters(WritableCatalogIndex other) {
        for (int item = 0; item < 40; item++) {
            assertThat(index.categoryLifts().group(item, CatalogIndex.UNKNOWN))
                    .isEqualTo(other.categoryLifts().group(39 - item, CatalogIndex.UNKNOWN));
        }
    }
}
