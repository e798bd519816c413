package dev.kombo.catalog.index;

import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.slot;
import static dev.kombo.catalog.index.CatalogFixtures.slotted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.settings.SettingValues;
import org.junit.jupiter.api.Test;

/** What the offers of a bundle with slots may cost. */
class SlotRangeTest {
    private static final long ITEMS = 200;

    private final WritableCatalogIndex catalog = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    @Test
    void shouldFindTheCheapestAndTheDearestItemsOfAnyCatalogue() {
        for (long i = 0; i < ITEMS; i++) {
            long price = (i * 37) % ITEMS;
            catalog.putItem(item("of-" + price, price));
        }
        catalog.putItem(item("euro", "tea", 1_000, "EUR", Item.UNLIMITED));
        Bundle bundle = slotted(bundle("any", 100, "of-1"), slot("one", 2), slot("other", 1));
        SlotRange range = new SlotRange(bundle, catalog);

        assertThat(range.cheapest().members())
                .extracting(BundleMember::itemId)
                .containsExactlyInAnyOrder("of-1", "of-0", "of-2", "of-3");
        assertThat(range.dearest().members())
                .extracting(BundleMember::itemId)
                .containsExactlyInAnyOrder("of-1", "of-199", "of-198", "of-197");
        assertThat(range.problem()).isNull();
        assertThat(range.of(bundle).dearest()).isEqualTo(range.dearest());
    }
}
