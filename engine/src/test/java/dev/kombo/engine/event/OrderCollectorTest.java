package dev.kombo.engine.event;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.slotOf;
import static dev.kombo.catalog.index.CatalogFixtures.slotted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.EngineSettings;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.settings.SettingValues;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an order is learned from. */
class OrderCollectorTest {
    private final WritableCatalogIndex catalog = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final EngineSettings settings = new EngineSettings(SettingValues.defaults());
    private final OrderCollector orders = new OrderCollector(catalog, 1, 1, false);

    @Test
    void shouldNotTakeWhatWouldFillASlotForBoughtWhereNoOfferSaysSo() {
        catalog.putItem(item("pot", "pots", 100, "GBP", Item.UNLIMITED));
        catalog.putItem(item("tea", "teas", 100, "GBP", Item.UNLIMITED));
        catalog.putBundle(slotted(bundle("set", 150, "pot"), slotOf("tea", "teas")));
        assertThat(catalog.bundle("set").bundle().members()).hasSize(2);

        assertThat(orders.membersOf(shopper(), Events.bundle(EventType.PURCHASE, "set", NOW)))
                .containsExactly(new BundleMember("pot", 1));
    }

    @Test
    void shouldAddUpTheUnitsOfAMemberThatWasTakenInsteadOfAnother() {
        catalog.putItem(item("pot", "pots", 100, "GBP", Item.UNLIMITED));
        catalog.putItem(item("tea", "teas", 100, "GBP", Item.UNLIMITED));
        catalog.putBundle(bundle("set", 150, "pot", "tea"));

        assertThat(orders.membersOf(shopper(), Events.swapped("set", Map.of("swap:pot", "tea"), NOW)))
                .containsExactly(new BundleMember("tea", 2));
    }

    private ShopperState shopper() {
        return new ShopperState(
                new Behavior(settings.profile()),
                new OfferLedger(settings.attribution(), ShopperKey.shopper("u:one"), LedgerState.empty()),
                null,
                0);
    }
}
