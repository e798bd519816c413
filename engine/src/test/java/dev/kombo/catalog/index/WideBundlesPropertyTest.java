package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Neighbor;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What bundles of many members cost where a member changes, in pairs of members that are looked at. */
class WideBundlesPropertyTest {
    private static final int MOST_BUNDLES = 1_000;
    private static final int MOST_COST = 500;
    /** Pairs of 64 members. */
    private static final int MOST_PAIRS_OF_A_BUNDLE = 64 * 63 / 2;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    @Property(tries = 40, seed = "17")
    void shouldLookAtABoundedNumberOfPairsInEachRefreshWhateverTheCatalogueHas(
            @ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        int items = 2 + random.nextInt(120);
        int neighbors = random.nextInt(items);
        for (int b = 0; b < 60; b++) {
            index.putBundle(CatalogFixtures.bundle("b" + b, 100, drawn(items, random)));
        }
        for (int i = 0; i < items; i++) {
            index.putModelLater(model(i, neighbors, items, random));
            refreshed();
        }
        int refreshes = 0;
        while (refreshed()) {
            refreshes++;
        }
        assertThat(refreshes).isLessThan(60);
        for (int b = 0; b < 60; b++) {
            BundleEntry entry = index.bundle("b" + b);
            assertThat(entry.support()).isEqualTo(least(entry, true));
            assertThat(entry.allConfidence()).isEqualTo(least(entry, false));
        }
    }

    private boolean refreshed() {
        long before = index.comparedPairs();
        boolean left = index.refresh(MOST_BUNDLES, MOST_COST);
        assertThat(index.comparedPairs() - before).isLessThan(MOST_COST + MOST_PAIRS_OF_A_BUNDLE);
        return left;
    }

    /** Support, or confidence, over all pairs of the members of a bundle, in the plainest way; 0 above 64 members. */
    private float least(BundleEntry entry, boolean support) {
        float least = entry.size() < 2 || entry.size() > 64 ? 0f : Float.POSITIVE_INFINITY;
        for (int m = 0; m < entry.size(); m++) {
            for (int n = m + 1; n < entry.size(); n++) {
                ItemEntry one = index.itemAt(entry.member(m));
                ItemEntry other = index.itemAt(entry.member(n));
                float root = Math.max(one.rootPurchases(), other.rootPurchases());
                float common = Math.max(common(one, other, support), common(other, one, support));
                least = Math.min(least, support ? common : common / Math.max(1f, root * root));
            }
        }
        return support ? (float) Math.log1p(least) : Math.min(1f, least);
    }

    private static float common(ItemEntry one, ItemEntry other, boolean support) {
        return (float) IntStream.range(0, one.neighbors().length)
                .filter(n -> one.neighbors()[n] == other.ordinal())
                .mapToDouble(n -> support ? one.neighborWeights()[n] : one.neighborOrders()[n])
                .max()
                .orElse(0);
    }

    private static String[] drawn(int items, Random random) {
        int size = random.nextInt(4) == 0 ? items : 2 + random.nextInt(Math.max(1, Math.min(8, items - 2)));
        return random.ints(0, items)
                .distinct()
                .limit(Math.min(size, items))
                .mapToObj(i -> "i" + i)
                .toArray(String[]::new);
    }

    /** A model whose item was bought with so many others, the next ones by number. */
    private static EntityModel model(int item, int neighbors, int items, Random random) {
        List<Neighbor> partners = new ArrayList<>();
        for (int n = 1; n <= neighbors; n++) {
            partners.add(new Neighbor("i" + (item + n) % items, random.nextFloat(), 1 + random.nextInt(5)));
        }
        return CatalogFixtures.model(Entity.ofItem("i" + item), 5, CatalogFixtures.NOW, partners, 1f, 1f);
    }

    @Example
    void shouldLookAtNoPairOfAThousandMembersAndFollowThemAFewBundlesAtATime() {
        int bundles = 100;
        String[] members = IntStream.range(0, 1_000).mapToObj(i -> "i" + i).toArray(String[]::new);
        for (String item : members) {
            index.putItem(CatalogFixtures.item(item, 100));
        }
        for (int b = 0; b < bundles; b++) {
            index.putBundle(CatalogFixtures.bundle("b" + b, 100, members));
        }
        assertThat(index.wideBundles()).isEqualTo(bundles);
        index.refresh();

        index.putModelLater(model(0, 30, 1_000, new Random(1)));
        for (int refresh = 1; refresh <= 10; refresh++) {
            assertThat(index.refresh(MOST_BUNDLES, 10_000)).isEqualTo(refresh < 10);
        }
        index.putItemLater(CatalogFixtures.item("i0", 200));
        assertThat(outdatedPrices(bundles)).isEqualTo(bundles);
        assertThat(index.refresh(MOST_BUNDLES, 10_000)).isTrue();
        assertThat(outdatedPrices(bundles)).isEqualTo(bundles - 10);
        index.refresh();
        assertThat(outdatedPrices(bundles)).isZero();
        assertThat(index.comparedPairs()).isZero();

        index.removeBundle("b0");
        index.putBundle(CatalogFixtures.bundle("b1", 100, "i1", "i2"));
        assertThat(index.wideBundles()).isEqualTo(bundles - 2);
    }

    private long outdatedPrices(int bundles) {
        return IntStream.range(0, bundles)
                .filter(b -> index.bundle("b" + b).listPriceMinor() == 1_000 * 100)
                .count();
    }

    @Example
    void shouldLookAtTheFirstPairOnlyWhereItWasNeverBoughtTogether() {
        index.putBundle(CatalogFixtures.bundle(
                "b", 100, IntStream.range(0, 64).mapToObj(i -> "i" + i).toArray(String[]::new)));
        long before = index.comparedPairs();
        index.putModel(model(0, 0, 64, new Random(1)));
        assertThat(index.comparedPairs() - before).isEqualTo(1);
    }
}
