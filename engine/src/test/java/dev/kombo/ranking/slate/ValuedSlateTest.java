package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.learning.Logistic;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.OpenOrder;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.settings.SettingValues;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Slates chosen by expected gain: three bundles, cheap, medium and expensive, all equally popular. */
class ValuedSlateTest {
    private static final long DAY = 86_400_000L;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private final Map<ConversionFeature, Float> weights = new EnumMap<>(ConversionFeature.class);
    private int[] discounts = {};
    private boolean discountCurated = true;
    private double stockPressure;
    private double oddsMin;

    ValuedSlateTest() {
        weights.put(ConversionFeature.INTERCEPT, -3f);
        put("cheap", 500, 300, Item.UNLIMITED);
        put("middling", 1_000, 900, Item.UNLIMITED);
        put("dear", 2_000, 1_700, Item.UNLIMITED);
    }

    /** Two items with a price and cost, and a bundle of both at a tenth less. */
    private void put(String name, long priceMinor, long costMinor, long stock) {
        for (String half : List.of("-a", "-b")) {
            index.putItem(new Item(name + half, name, "tea", priceMinor, "GBP", costMinor, stock));
            index.putModel(CatalogFixtures.model(Entity.ofItem(name + half), 50, 1f, 0f));
        }
        index.putBundle(CatalogFixtures.bundle(name, 2 * priceMinor * 9 / 10, name + "-a", name + "-b"));
    }

    private Slate rank(SlateGoal.Criterion kind) {
        float[] all = new float[ConversionFeature.count()];
        weights.forEach((feature, weight) -> all[feature.ordinal()] = weight);
        request.goal = new SlateGoal(
                kind,
                new ConversionModel(all, 1, 0),
                1,
                stockPressure,
                discounts,
                discountCurated,
                DiscountLimits.NONE);
        SettingValues settings = SettingValues.defaults().with(RankingSettings.ODDS_MIN, oddsMin);
        return new SlateRanker(index, RankingSettings.of(settings)).rank(request.build());
    }

    private static List<String> ids(Slate slate) {
        return slate.bundles().stream()
                .map(ranked -> ranked.entry().bundle().id())
                .toList();
    }

    @Test
    void shouldOrderByWhatIsExpectedOfEachBundle() {
        Slate slate = rank(SlateGoal.Criterion.REVENUE);
        assertThat(ids(slate)).containsExactly("dear", "middling", "cheap");
        RankedBundle first = slate.bundles().get(0);
        assertThat(first.offered().priceMinor()).isEqualTo(3_600);
        assertThat(first.conversionProbability()).isCloseTo(Logistic.sigmoid(-3), within(1e-7));
        assertThat(first.valueMinor()).isCloseTo(3_600 * Logistic.sigmoid(-3), within(1e-3));
    }

    @Test
    void shouldOrderByMarginWhereThatIsTheGoal() {
        // 900 - 600, 3600 - 3400, and 1800 - 1800, which earns nothing.
        assertThat(ids(rank(SlateGoal.Criterion.MARGIN))).containsExactly("cheap", "dear");
    }

    @Test
    void shouldTakeAnUnknownCostForTheUsualShareOfThePrice() {
        put("unknown", 600, Item.UNKNOWN, Item.UNLIMITED);

        // The others cost 5,800 of 6,300, so 86 of its 1,080 are left.
        Slate slate = rank(SlateGoal.Criterion.MARGIN);
        assertThat(ids(slate)).containsExactly("cheap", "dear", "unknown");
        assertThat(valueOf(slate, "unknown")).isCloseTo(1_080 * 500 / 6_300.0 * Logistic.sigmoid(-3), within(1e-3));
    }

    @Test
    void shouldSellNothingBelowItsCostWhateverTheGoal() {
        discounts = new int[] {1_000, 6_000};
        weights.put(ConversionFeature.SAVING, 20f);
        Slate slate = rank(SlateGoal.Criterion.REVENUE);
        assertThat(slate.bundles())
                .allSatisfy(ranked -> assertThat(ranked.offered().priceMinor())
                        .as(ranked.entry().bundle().id())
                        .isGreaterThanOrEqualTo(
                                switch (ranked.entry().bundle().id()) {
                                    case "cheap" -> 600L;
                                    case "middling" -> 1_800L;
                                    default -> 3_400L;
                                }));
    }

    @Test
    void shouldKeepLargestDiscountAndSmallestMarginOfABundle() {
        discounts = new int[] {0, 1_000, 2_500};
        weights.put(ConversionFeature.SAVING, 20f);
        assertThat(priceOf(rank(SlateGoal.Criterion.REVENUE), "cheap"))
                .as("a quarter off, up to the next price that ends like its items'")
                .isEqualTo(800);

        limit("cheap", new PriceLimits(1_500, Item.UNKNOWN));
        assertThat(priceOf(rank(SlateGoal.Criterion.REVENUE), "cheap")).isEqualTo(900);

        limit("cheap", new PriceLimits(PriceLimits.ANY_DISCOUNT, 350));
        assertThat(priceOf(rank(SlateGoal.Criterion.REVENUE), "cheap"))
                .as("900 would earn 300")
                .isEqualTo(1_000);
    }

    @Test
    void shouldNotOfferAtACataloguesPriceThatBreaksTheLimits() {
        limit("cheap", new PriceLimits(900, Item.UNKNOWN));
        limit("middling", new PriceLimits(PriceLimits.ANY_DISCOUNT, 100));
        limit("dear", new PriceLimits(1_000, 200));

        assertThat(ids(rank(SlateGoal.Criterion.CONVERSION))).containsExactly("dear");
        assertThat(new SlateRanker(index, RankingSettings.of(SettingValues.defaults())).why(request.build(), "cheap"))
                .isEqualTo(Exclusion.BELOW_PRICE_LIMITS);
    }

    @Test
    void shouldKeepTheSmallestMarginWhenACostRises() {
        limit("cheap", new PriceLimits(PriceLimits.ANY_DISCOUNT, 300), 400);
        SlateRanker ranker = new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
        assertThat(ranker.why(request.build(), "cheap")).isNull();

        for (String half : List.of("-a", "-b")) {
            index.putItem(new Item("cheap" + half, "cheap", "tea", 556, "GBP", 400, 100));
        }
        index.refresh();
        assertThat(ranker.why(request.build(), "cheap")).isEqualTo(Exclusion.BELOW_PRICE_LIMITS);
    }

    @Test
    void shouldRoundTheLargestDiscountInWholeNumbers() {
        assertThat(new PriceLimits(9_000, Item.UNKNOWN).lowestPrice(1_000, Double.NaN))
                .isEqualTo(100);
        assertThat(new PriceLimits(8_000, Item.UNKNOWN).lowestPrice(1_000, Double.NaN))
                .isEqualTo(200);
        assertThat(new PriceLimits(0, Item.UNKNOWN).lowestPrice(Long.MAX_VALUE, Double.NaN))
                .isEqualTo(Long.MAX_VALUE);
    }

    private void limit(String name, PriceLimits limits) {
        limit(name, limits, index.bundle(name).bundle().marginMinor());
    }

    private void limit(String name, PriceLimits limits, long marginMinor) {
        Bundle bundle = index.bundle(name).bundle();
        index.putBundle(CatalogFixtures.with(bundle, Map.of("limits", limits, "marginMinor", marginMinor)));
    }

    private static long priceOf(Slate slate, String id) {
        return slate.bundles().stream()
                .filter(ranked -> ranked.entry().bundle().id().equals(id))
                .findFirst()
                .orElseThrow()
                .offered()
                .priceMinor();
    }

    @Test
    void shouldNotFillARankWithWhatIsOnlyDear() {
        // 4,000 times the price, and hardly less than as small a share of the odds: as much is expected of it.
        put("jewel", 2_000_000, 0, Item.UNLIMITED);
        weights.put(ConversionFeature.INTERCEPT, -8f);
        weights.put(ConversionFeature.PRICE_LEVEL, -1.01f);
        assertThat(ids(rank(SlateGoal.Criterion.REVENUE))).containsExactly("cheap", "middling", "dear", "jewel");

        oddsMin = 0.1;
        assertThat(ids(rank(SlateGoal.Criterion.REVENUE))).containsExactly("cheap", "middling", "dear");
        oddsMin = 0.3;
        assertThat(ids(rank(SlateGoal.Criterion.REVENUE))).containsExactly("cheap", "middling");

        // What brings most has rank 1, however unlikely it is; below it, 0.29 of the best odds are too few.
        weights.put(ConversionFeature.PRICE_LEVEL, -0.9f);
        assertThat(ids(rank(SlateGoal.Criterion.REVENUE))).containsExactly("jewel", "middling", "cheap");
    }

    @Test
    void shouldPreferTheLikelierOneWhereConversionIsTheGoal() {
        weights.put(ConversionFeature.PRICE, -1f);
        request.behavior.record(Events.item(EventType.PURCHASE, "other", 1, 500, NOW - DAY));
        assertThat(ids(rank(SlateGoal.Criterion.CONVERSION))).containsExactly("cheap", "middling", "dear");
    }

    @Test
    void shouldTakeOffWhatWouldBeBoughtAnyway() {
        Slate before = rank(SlateGoal.Criterion.REVENUE);
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "dear-a", 1, 2_000, NOW - 1));
        Slate after = rank(SlateGoal.Criterion.REVENUE);
        // Who accepts the offer buys what is in the cart, and would have bought that at 2000.
        assertThat(valueOf(after, "dear")).isCloseTo(valueOf(before, "dear") * (3_600 - 2_000) / 3_600, within(1e-3));
    }

    @Test
    void shouldCountWhatADiscountGivesAwayToThoseWhoBuyAnyway() {
        index.putItem(new Item("machine", "Machine", "machines", 54_195, "EUR", Item.UNKNOWN, Item.UNLIMITED));
        index.putItem(new Item("jug", "Jug", "jugs", 1_995, "EUR", Item.UNKNOWN, Item.UNLIMITED));
        List<BundleMember> members = List.of(new BundleMember("machine", 1), new BundleMember("jug", 1));
        index.putBundle(new Bundle("curated", "", members, 50_571, Item.UNKNOWN, "EUR", Bundle.Origin.CURATED, NOW));
        index.putBundle(new Bundle("mined", "", members, 50_571, Item.UNKNOWN, "EUR", Bundle.Origin.MINED, NOW));
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "machine", 1, 54_195, NOW - 1));

        // At 505.71, the shop would give up 36.24 to sell a jug; at 556.95 it earns 15.00 more than the machine.
        Slate slate = rank(SlateGoal.Criterion.REVENUE);
        assertThat(ids(slate)).contains("mined").doesNotContain("curated");
        assertThat(priceOf(slate, "mined")).isEqualTo(55_695);
        assertThat(valueOf(slate, "mined")).isCloseTo(1_500 * Logistic.sigmoid(-3), within(1e-3));

        discounts = new int[] {0, 500, 1_000};
        weights.put(ConversionFeature.SAVING, 100f);
        assertThat(priceOf(rank(SlateGoal.Criterion.REVENUE), "curated")).isEqualTo(55_695);
    }

    @Test
    void shouldNotOfferWhatAddsNothing() {
        OpenOrder order = new OpenOrder("o", NOW);
        List.of("cheap-a", "middling-a", "dear-a").forEach(item -> order.add(item, NOW));
        request.behavior.order(order);
        for (String half : List.of("cheap-b", "middling-b", "dear-b")) {
            for (int time = 0; time < 80; time++) {
                request.behavior.record(Events.item(EventType.PURCHASE, half, 1, 100, NOW - 40 * DAY));
            }
        }
        Slate slate = rank(SlateGoal.Criterion.REVENUE);
        assertThat(slate.bundles()).isEmpty();
        assertThat(slate.emptyReason()).isEqualTo(Slate.NOT_WORTH_OFFERING);
    }

    @Test
    void shouldGiveTheDiscountThatAddsMost() {
        discounts = new int[] {0, 1_500, 3_000};
        assertThat(rank(SlateGoal.Criterion.REVENUE).bundles())
                .as("nobody minds the price")
                .allSatisfy(ranked -> assertThat(ranked.offered().priceMinor())
                        .isEqualTo(ranked.entry().listPriceMinor()));
        weights.put(ConversionFeature.SAVING, 10f);
        // 0.3 would be 0.25 at most, and the next price that ends in 00 is a fifth off: sigmoid(-3 + 2) > sigmoid(-3)
        Slate slate = rank(SlateGoal.Criterion.CONVERSION);
        assertThat(slate.bundles().get(0).conversionProbability()).isCloseTo(Logistic.sigmoid(-1), within(1e-6));
    }

    @Test
    void shouldKeepThePriceOfItsOwnerWhereDiscountsAreForMinedBundlesAlone() {
        index.putBundle(CatalogFixtures.mined(index.bundle("dear").bundle()));
        discounts = new int[] {0};
        discountCurated = false;
        Slate slate = rank(SlateGoal.Criterion.REVENUE);
        assertThat(priceOf(slate, "cheap")).isEqualTo(900);
        assertThat(priceOf(slate, "dear")).isEqualTo(4_000);
    }

    @Test
    void shouldGiveNoDiscountWhereTheMarginIsToBeKeptAndNotKnown() {
        index.putItem(new Item("cheap-b", "", "tea", 500, "GBP", Item.UNKNOWN, Item.UNLIMITED));
        discounts = new int[] {500, 1_000};
        weights.put(ConversionFeature.SAVING, 20f);
        Slate slate = rank(SlateGoal.Criterion.MARGIN);
        assertThat(priceOf(slate, "cheap")).isEqualTo(1_000);
        assertThat(priceOf(slate, "dear")).isLessThan(4_000);
    }

    @Test
    void shouldPressWhatSellsSlowly() {
        put("slow", 1_900, 0, 10_000);
        assertThat(ids(rank(SlateGoal.Criterion.REVENUE))).startsWith("dear", "slow");
        stockPressure = 0.2;
        assertThat(ids(rank(SlateGoal.Criterion.REVENUE))).startsWith("slow", "dear");
    }

    @Test
    void shouldTellOfEachRankWhatItsFeaturesWere() {
        weights.put(ConversionFeature.RANK, -1f);
        Slate slate = rank(SlateGoal.Criterion.REVENUE);
        for (RankedBundle ranked : slate.bundles()) {
            float[] features = ranked.offered().features();
            assertThat(features[ConversionFeature.RANK.ordinal()])
                    .isCloseTo((float) Math.log(ranked.offered().rank()), within(1e-6f));
            assertThat(features[ConversionFeature.SAVING.ordinal()]).isCloseTo(0.1f, within(1e-6f));
            assertThat(ranked.conversionProbability())
                    .isCloseTo(Logistic.sigmoid(-3 - Math.log(ranked.offered().rank())), within(1e-6));
        }
    }

    @Test
    void shouldKeepFeaturesWhateverTheGoal() {
        for (SlateGoal.Criterion kind : SlateGoal.Criterion.values()) {
            assertThat(rank(kind).bundles())
                    .isNotEmpty()
                    .allSatisfy(
                            ranked -> assertThat(ranked.offered().features()).hasSize(ConversionFeature.count()));
        }
    }

    @Test
    void shouldRefuseAGoalThatNeedsAModelAndHasNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SlateGoal(SlateGoal.Criterion.REVENUE, null, 1, 0, new int[0], true, DiscountLimits.NONE))
                .withMessage("REVENUE needs a conversion model");
    }

    private static double valueOf(Slate slate, String id) {
        return slate.bundles().stream()
                .filter(ranked -> ranked.entry().bundle().id().equals(id))
                .findFirst()
                .orElseThrow()
                .valueMinor();
    }
}
