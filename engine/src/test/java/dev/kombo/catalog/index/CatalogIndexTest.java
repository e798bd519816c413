package dev.kombo.catalog.index;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.amountOff;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.earning;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.model;
import static dev.kombo.catalog.index.CatalogFixtures.percentOff;
import static dev.kombo.catalog.index.CatalogFixtures.ruled;
import static dev.kombo.catalog.index.CatalogFixtures.terms;
import static dev.kombo.catalog.index.CatalogFixtures.unitsFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.math.StableHash;
import dev.kombo.price.BundlePricing;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogIndexTest {
    private final WritableCatalogIndex index = new WritableCatalogIndex(new IndexSettings(
            48,
            new PopularitySettings(3 * 86_400_000L, 14 * 86_400_000L),
            BundlePricing.of(SettingValues.defaults()),
            false));

    private List<String> idsOf(int[] bundles) {
        List<String> ids = new ArrayList<>();
        for (int ordinal : bundles) {
            ids.add(index.bundle(ordinal).bundle().id());
        }
        return ids;
    }

    @Test
    void shouldKnowCostsUntilMoreThanAFifthAreMissing() {
        List<Boolean> known = new ArrayList<>();
        for (int costed : new int[] {8, 9, 8, 7, 8}) {
            for (int i = 0; i < 10; i++) {
                long cost = i < costed ? 50 : Item.UNKNOWN;
                index.putItem(new Item("costed" + i, "", "tea", 100, "GBP", cost, Item.UNLIMITED));
            }
            known.add(index.costsKnown());
        }
        assertThat(known).containsExactly(true, true, true, false, false);
    }

    @Test
    void shouldFindWhatWasPut() {
        index.putItem(item("a", 100));
        index.putBundle(bundle("ab", 150, "a", "b"));
        index.putModel(model("i:a", 3, 1f, 2f));
        index.putModel(model(Entity.ALL, 7));

        assertThat(index.item("a").priceMinor()).isEqualTo(100);
        assertThat(index.item("b")).isNull();
        assertThat(index.item("c")).isNull();
        assertThat(index.bundle("ab").bundle().priceMinor()).isEqualTo(150);
        assertThat(index.bundle("a")).isNull();
        assertThat(index.model("i:a").purchases()).isEqualTo(3);
        assertThat(index.model("b:ab")).isNull();
        assertThat(index.model("nonsense")).isNull();
        assertThat(index.orders()).isEqualTo(7);
        assertThat(index.itemOrdinal(StableHash.of("i:a"))).isEqualTo(index.itemOrdinal("a"));
        assertThat(index.bundleOrdinal(StableHash.of("b:ab"))).isEqualTo(index.bundleOrdinal("ab"));
        assertThat(index.itemOrdinal("c")).isEqualTo(CatalogIndex.UNKNOWN);
    }

    @Test
    void shouldListTheBundlesOfAnItemWhenMembersChange() {
        index.putBundle(bundle("ab", 150, "a", "b"));
        index.putBundle(bundle("ac", 150, "a", "c"));
        int a = index.itemOrdinal("a");
        int b = index.itemOrdinal("b");
        assertThat(idsOf(index.bundlesOfItem(a))).containsExactlyInAnyOrder("ab", "ac");

        index.putBundle(bundle("ab", 150, "b", "c"));
        assertThat(idsOf(index.bundlesOfItem(a))).containsExactly("ac");
        assertThat(idsOf(index.bundlesOfItem(b))).containsExactly("ab");

        index.removeBundle("ac");
        assertThat(index.bundlesOfItem(a)).isEmpty();
        assertThat(index.bundle("ac")).isNull();
        assertThat(index.bundleCount()).isEqualTo(2);
        assertThat(index.popularBundles()).hasSize(1);
    }

    @Test
    void shouldKeepAModelWhenItsBundleComesLaterOrGoes() {
        index.putModel(model("b:ab", 20, 1f, 0f));
        assertThat(index.bundle("ab")).isNull();
        assertThat(index.model("b:ab")).isNotNull();
        assertThat(index.popularBundles()).isEmpty();

        index.putBundle(bundle("ab", 150, "a", "b"));
        assertThat(index.bundle("ab").model().vector()).containsExactly(1f, 0f);

        index.removeBundle("ab");
        assertThat(index.model("b:ab")).isNotNull();
        index.removeModel("b:ab");
        assertThat(index.model("b:ab")).isNull();
    }

    @Test
    void shouldAddTheLeastPopularMemberToTheBundlesOwnPopularity() {
        index.putBundle(bundle("ab", 150, "a", "b"));
        index.putModel(model("i:a", 8));
        assertThat(index.bundle("ab").logPopularityLong()).isEqualTo(Double.NEGATIVE_INFINITY);

        index.putModel(model("i:b", 3));
        index.putModel(model("b:ab", 2));

        BundleEntry entry = index.bundle("ab");
        assertThat(Math.exp(entry.logPopularityLong() - index.decayLong(NOW))).isCloseTo(5, within(1e-6));
        assertThat(Math.exp(entry.logOwnPopularity() - index.decayLong(NOW))).isCloseTo(2, within(1e-6));
        long halfLife = PopularitySettings.of(SettingValues.defaults()).shortHalfLifeMillis();
        assertThat(Math.exp(entry.logPopularityShort() - index.decayShort(NOW + halfLife)))
                .isCloseTo(2.5, within(1e-6));
    }

    @Test
    void shouldOrderByPopularityAsItWouldBeAtOneTime() {
        long halfLife = PopularitySettings.of(SettingValues.defaults()).longHalfLifeMillis();
        index.putBundle(bundle("old", 150, "a", "b"));
        index.putBundle(bundle("new", 150, "c", "d"));
        index.putBundle(bundle("none", 150, "e", "f"));
        index.putModel(model("b:old", 30, NOW - 2 * halfLife, List.of()));
        index.putModel(model("b:new", 10, NOW, List.of()));
        assertThat(idsOf(index.popularBundles())).containsExactly("new", "old", "none");

        index.putModel(model("b:old", 50, NOW - 2 * halfLife, List.of()));
        assertThat(idsOf(index.popularBundles())).containsExactly("old", "new", "none");
    }

    @Test
    void shouldKnowPricesAndStockOnlyWhenAllMembersAreKnown() {
        index.putBundle(bundle("ab", 150, List.of(new BundleMember("a", 2), new BundleMember("b", 1))));
        index.putItem(item("a", 60));
        assertThat(index.bundle("ab").priced()).isFalse();
        assertThat(index.bundle("ab").listPriceMinor()).isEqualTo(Item.UNKNOWN);

        index.putItem(item("b", "cups", 80, "GBP", 9));
        BundleEntry entry = index.bundle("ab");
        assertThat(entry.priced()).isTrue();
        assertThat(entry.terms().oneCurrency()).isTrue();
        assertThat(entry.listPriceMinor()).isEqualTo(200);
        assertThat(entry.terms().discount()).isCloseTo(0.25f, within(1e-6f));
        assertThat(entry.terms().logUnitPrice()).isCloseTo((float) Math.log(50), within(1e-6f));
        assertThat(entry.terms().sellable()).isEqualTo(9);

        index.putItem(item("a", "tea", 60, "GBP", 5));
        assertThat(index.bundle("ab").terms().sellable()).isEqualTo(2);
        index.putBundle(terms(entry.bundle(), 1, 0, Long.MAX_VALUE, Set.of()));
        assertThat(index.bundle("ab").terms().sellable()).isEqualTo(1);

        index.putItem(item("b", "cups", 80, "EUR", 9));
        assertThat(index.bundle("ab").terms().oneCurrency()).isFalse();
        index.removeItem("b");
        assertThat(index.bundle("ab").priced()).isFalse();
    }

    @Test
    void shouldFollowThePricesOfTheMembersWhenThePriceIsARule() {
        index.putItem(new Item("mug", "", "tea", 800, "GBP", 300, 9));
        List<BundleMember> three = List.of(new BundleMember("mug", 2), new BundleMember("pot", 1));
        index.putBundle(ruled(bundle("set", 1_234, three), PriceLimits.NONE, unitsFor(3, 2_000)));
        assertThat(BundleState.of(index.bundle("set"), NOW))
                .as("the pot has no price yet")
                .isEqualTo(BundleState.UNPRICED);
        index.putItem(new Item("pot", "", "tea", 900, "GBP", 400, 9));

        assertThat(index.bundle("set").priceMinor()).isEqualTo(2_000);
        assertThat(index.bundle("set").bundle().marginMinor()).isEqualTo(2_000 - 2 * 300 - 400);
        index.putBundle(ruled(bundle("set", 1_234, three), PriceLimits.NONE, amountOff(2_000)));
        assertThat(index.bundle("set").priceMinor()).isEqualTo(500);
        index.putItem(new Item("mug", "", "tea", 1_000, "GBP", 300, 9));
        assertThat(index.bundle("set").priceMinor()).isEqualTo(900);
        assertThat(index.bundle("set").listPriceMinor()).isEqualTo(2_900);
        index.putItem(new Item("mug", "", "tea", 500, "GBP", 300, 9));
        assertThat(BundleState.of(index.bundle("set"), NOW))
                .as("the price would be below 0")
                .isEqualTo(BundleState.UNPRICED);
        index.putBundle(ruled(bundle("set", 1_234, three), new PriceLimits(10_000, 500), unitsFor(3, 1_400)));
        assertThat(BundleState.of(index.bundle("set"), NOW)).isEqualTo(BundleState.BELOW_PRICE_LIMITS);
    }

    @Test
    void shouldKeepTheHigherCostWhenABundleWithARuleStatesAMargin() {
        PriceLimits earnsTwo = new PriceLimits(10_000, 200);
        putCosting(500);
        index.putBundle(ruled(earning(bundle("set", 1_800, "a", "b"), 100), earnsTwo, percentOff(1_000)));
        assertThat(index.bundle("set").costMinor()).as("stated").isEqualTo(1_700);
        assertThat(index.bundle("set").bundle().marginMinor()).isEqualTo(100);
        assertThat(BundleState.of(index.bundle("set"), NOW)).isEqualTo(BundleState.BELOW_PRICE_LIMITS);

        putCosting(Item.UNKNOWN);
        assertThat(index.bundle("set").costMinor()).as("stated alone").isEqualTo(1_700);
        putCosting(875);
        assertThat(index.bundle("set").costMinor()).as("of the items").isEqualTo(1_750);
    }

    @Test
    void shouldStateNoCostWhenThePriceOfTheRecordOnlyFillsTheField() {
        putCosting(Item.UNKNOWN);
        for (long price : List.of(Item.UNKNOWN, 0L, 299L)) {
            index.putBundle(ruled(
                    earning(bundle("set", price, "a", "b"), 300), new PriceLimits(10_000, 200), percentOff(1_000)));
            assertThat(index.bundle("set").priceMinor()).isEqualTo(1_800);
            assertThat(index.bundle("set").costMinor()).isNaN();
            assertThat(BundleState.of(index.bundle("set"), NOW)).isEqualTo(BundleState.BELOW_PRICE_LIMITS);
        }
        putCosting(500);
        assertThat(index.bundle("set").costMinor()).isEqualTo(1_000);
    }

    private void putCosting(long costMinor) {
        index.putItem(new Item("a", "", "tea", 1_000, "GBP", costMinor, 9));
        index.putItem(new Item("b", "", "tea", 1_000, "GBP", costMinor, 9));
    }

    @Test
    void shouldTakeAnItemNamedTwiceAsOneMember() {
        index.putBundle(bundle(
                "aba", 150, List.of(new BundleMember("a", 1), new BundleMember("b", 1), new BundleMember("a", 2))));
        BundleEntry entry = index.bundle("aba");

        assertThat(entry.size()).isEqualTo(2);
        int a = entry.member(0) == index.itemOrdinal("a") ? 0 : 1;
        assertThat(entry.quantity(a)).isEqualTo(3);
        assertThat(index.bundlesOfItem(index.itemOrdinal("a"))).hasSize(1);
    }

    @Test
    void shouldResolveNeighboursAndCategories() {
        index.putModel(model("i:a", 9, NOW, List.of(new Neighbor("b", 4f, 4)), 1f));
        index.putItem(item("b", "cups", 80, "GBP", 9));
        index.putItem(item("c", null, 80, "GBP", 9));
        ItemEntry a = index.itemAt(index.itemOrdinal("a"));

        assertThat(a.neighbors()).containsExactly(index.itemOrdinal("b"));
        assertThat(a.neighborWeights()).containsExactly(4f);
        assertThat(a.rootPurchases()).isEqualTo(3f);
        assertThat(index.itemAt(index.itemOrdinal("b")).category()).isEqualTo(index.category("cups"));
        assertThat(index.itemAt(index.itemOrdinal("c")).category()).isEqualTo(CatalogIndex.UNKNOWN);
        assertThat(index.category("nails")).isEqualTo(CatalogIndex.UNKNOWN);

        index.removeModel("i:a");
        assertThat(index.itemAt(a.ordinal()).neighbors()).isEmpty();
    }
}
