package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Features of the conversion model that are not signals, each calculated by hand. */
class ConversionInputsTest {
    private static final Offset<Float> EXACT = within(1e-5f);
    private static final long DAY = 86_400_000L;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();

    private static Item item(String id, String category) {
        return new Item(id, id, category, 100, "GBP", Item.UNKNOWN, Item.UNLIMITED);
    }

    private void put(String item, int purchases, List<Neighbor> neighbors) {
        index.putModel(new EntityModel(
                item,
                new float[0],
                1,
                1,
                NOW,
                1,
                purchases,
                Item.UNKNOWN,
                null,
                neighbors,
                EngagementCounts.NONE,
                0,
                0,
                0,
                RepurchaseCounts.NONE,
                LevelCounts.NONE));
    }

    private float feature(ConversionFeature feature, String bundle) {
        // Those that share an item with it, half of its price, would be left out beside it, or it beside them.
        request.excluded = Set.of("held", "next", "far", "teas", "both", "ab").stream()
                .filter(other -> !other.equals(bundle))
                .collect(Collectors.toSet());
        request.goal = new SlateGoal(
                SlateGoal.Criterion.REVENUE, ConversionModel.prior(), 1, 0, new int[0], true, DiscountLimits.NONE);
        return new SlateRanker(index, RankingSettings.of(SettingValues.defaults()))
                .rank(request.build()).bundles().stream()
                        .filter(ranked -> ranked.entry().bundle().id().equals(bundle))
                        .findFirst()
                        .orElseThrow()
                        .offered()
                        .features()[feature.ordinal()];
    }

    @Test
    void shouldTellHowSurelyTheMembersGoWithTheBasket() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            index.putItem(item(id, "tea"));
        }
        index.putBundle(CatalogFixtures.bundle("held", 180, "a", "b"));
        index.putBundle(CatalogFixtures.bundle("next", 180, "b", "c"));
        index.putBundle(CatalogFixtures.bundle("far", 180, "d", "e"));
        put(Entity.ALL, 100, List.of());
        put("i:c", 20, List.of());
        put("i:d", 40, List.of());
        put("i:a", 10, List.of(new Neighbor("c", 1f, 5), new Neighbor("d", 1f, 3)));
        assertThat(feature(ConversionFeature.BASKET_FIT, "next"))
                .as("no basket")
                .isZero();

        request.behavior.cart().add("a", 1, NOW);

        assertThat(feature(ConversionFeature.BASKET_FIT, "held"))
                .as("b goes with a, which is there itself")
                .isCloseTo(0.5f, EXACT);
        assertThat(feature(ConversionFeature.BASKET_FIT, "next"))
                .as("b is bundled with a, c was in 5 orders with it where 10 * 20 / 100 are expected")
                .isCloseTo((1 + (5 - 2) / 6f) / 2, EXACT);
        assertThat(feature(ConversionFeature.BASKET_FIT, "far"))
                .as("d was in fewer orders with a than chance would bring")
                .isZero();
    }

    @Test
    void shouldTellWhatTheCategoriesTouchedSayForOthers() {
        index.putItem(item("a", "tea"));
        index.putItem(item("b", "tea"));
        index.putItem(item("c", "garden"));
        index.putBundle(CatalogFixtures.bundle("teas", 180, "a", "b"));
        index.putBundle(CatalogFixtures.bundle("both", 180, "b", "c"));
        index.putModel(CatalogFixtures.factors("i:a", 0, 1, 6, 2));
        index.putModel(CatalogFixtures.factors("i:b", 0, 1, 5, 0));
        index.putModel(CatalogFixtures.factors("i:c", 0, 1, 0, 5));
        index.beginGeneration(1, CatalogFixtures.identity(2));
        assertThat(feature(ConversionFeature.CATEGORY_PREFERENCE, "teas"))
                .as("nothing touched")
                .isZero();

        // The same item three times counts once. Lifts as in CategoryLiftsTest; the prior weighs 8 items.
        for (int time = 0; time < 3; time++) {
            request.behavior.recent().add(StableHash.of("i:a"), EventType.VIEW, NOW - 1);
        }
        double teaByTea = (60 + 17.5) / 78.75;
        double gardenByTea = (10 + 2.5) / 11.25;
        assertTaste(Math.log((8 + teaByTea) / 9), Math.log((8 + gardenByTea) / 9));

        // A bundle counts with all its members: one of tea, one of the garden.
        request.behavior.recent().add(StableHash.of("b:both"), EventType.VIEW, NOW - 1);
        double teaByGarden = (10 + 17.5) / 26.25;
        double gardenByGarden = 2.5 / 3.75;
        assertTaste(
                Math.log((8 + 2 * teaByTea + teaByGarden) / 11), Math.log((8 + 2 * gardenByTea + gardenByGarden) / 11));
    }

    @Test
    void shouldTellWhatWasClickedMoreThanExpected() {
        index.putItem(item("a", "tea"));
        index.putItem(item("b", "tea"));
        index.putBundle(CatalogFixtures.bundle("ab", 180, "a", "b"));
        assertThat(feature(ConversionFeature.BUNDLE_EFFECT, "ab")).isZero();
        assertThat(feature(ConversionFeature.PAIR_EFFECT, "ab")).isZero();

        // Half a half-life ago 8 clicks, where 2 were expected; and this shopper's one, where 0.2 were.
        long then = NOW - 60 * DAY;
        index.putModel(CatalogFixtures.answered("ab", 100, 8, 1, 2, then));
        long bundle = StableHash.of("b:ab");
        request.behavior.exposures().add(bundle, then);
        request.behavior.exposures().responded(bundle, 1, 0.2);

        double kept = Math.sqrt(0.5);
        assertThat(feature(ConversionFeature.BUNDLE_EFFECT, "ab"))
                .isCloseTo((float) Math.log((16 + 8 * kept) / (16 + 2 * kept)), within(1e-4f));
        assertThat(feature(ConversionFeature.PAIR_EFFECT, "ab"))
                .isCloseTo((float) (kept * 0.8 / (1.6 + 0.2 * kept)), EXACT);
        assertThat(feature(ConversionFeature.CLICK, "ab")).isZero();
    }

    /** The value of a bundle is half the mean and half the least of its members. */
    private void assertTaste(double tea, double garden) {
        assertThat(feature(ConversionFeature.CATEGORY_PREFERENCE, "teas")).isCloseTo((float) tea, EXACT);
        assertThat(feature(ConversionFeature.CATEGORY_PREFERENCE, "both"))
                .isCloseTo((float) ((tea + garden) / 2 + Math.min(tea, garden)) / 2, EXACT);
    }
}
