package dev.kombo.ranking.retrieval;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.earning;
import static dev.kombo.catalog.index.CatalogFixtures.identity;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.model;
import static dev.kombo.catalog.index.CatalogFixtures.percentOff;
import static dev.kombo.catalog.index.CatalogFixtures.ruled;
import static dev.kombo.catalog.index.CatalogFixtures.slot;
import static dev.kombo.catalog.index.CatalogFixtures.slotOf;
import static dev.kombo.catalog.index.CatalogFixtures.slotted;
import static dev.kombo.catalog.index.CatalogFixtures.sold;
import static dev.kombo.catalog.index.CatalogFixtures.terms;
import static dev.kombo.catalog.index.CatalogFixtures.unitsFor;
import static dev.kombo.catalog.index.CatalogFixtures.with;
import static dev.kombo.entity.Item.Suitability.ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.SlateGoal.Criterion;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import dev.kombo.slot.BundleSlot;
import dev.kombo.slot.FilledSlot;
import dev.kombo.slot.FilledSlot.Alternative;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ranker fills slots for the shopper by what the rules allow. */
class SlotFillerTest {
    private static final long DAY = 86_400_000L;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();

    private void put(String id, String category, long priceMinor, int popularity, float... vector) {
        index.putItem(item(id, category, priceMinor, "GBP", 9));
        index.putModel(model(Entity.ofItem(id), popularity, vector));
    }

    private void mugs(int count) {
        for (int i = 0; i < count; i++) {
            put("mug" + i, "mugs", 100, 50, i % 2, 1 - i % 2);
        }
        index.beginGeneration(1, identity(2));
    }

    private void makeFirst(String id) {
        index.putModel(model(Entity.ofItem(id), 5_000, 0, 1));
        assertThat(idsOf(index.bundle("one").slots().get(0))).containsExactly(id);
    }

    private SlateRanker ranker() {
        return new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
    }

    private RankedBundle offered(String id) {
        return ranker().rank(request.build()).bundles().stream()
                .filter(ranked -> ranked.entry().bundle().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> idsOf(FilledSlot slot) {
        return slot.members().stream().map(BundleMember::itemId).toList();
    }

    @Test
    void shouldFillForTheTasteOfTheShopperAndOfferWhatComesNext() {
        mugs(6);
        index.putBundle(slotted(bundle("one", 80), slotOf("mug", "mugs")));
        String popular = idsOf(index.bundle("one").slots().get(0)).get(0);
        assertThat(idsOf(offered("one").offered().slots().get(0))).containsExactly(popular);

        put("saucer", "saucers", 50, 1, 1, 0);
        for (int i = 0; i < 5; i++) {
            request.behavior.recent().add(StableHash.of(Entity.ofItem("saucer")), EventType.VIEW, NOW);
        }
        FilledSlot filled = offered("one").offered().slots().get(0);
        String chosen = idsOf(filled).get(0);
        List<String> shown = new ArrayList<>(
                filled.alternatives().stream().map(Alternative::itemId).toList());
        assertThat(shown).hasSize(3);
        shown.add(0, chosen);
        assertThat(shown.subList(0, 3)).containsExactlyInAnyOrder("mug1", "mug3", "mug5");
        assertThat(filled.alternatives()).extracting(Alternative::replaces).containsOnly(chosen);
        assertThat(filled.alternatives()).extracting(Alternative::priceMinor).containsOnly(80L);
        assertThat(offered("one").entry().bundle().members()).containsExactly(new BundleMember(chosen, 1));
    }

    @Test
    void shouldFillWithWhatBringsMoreOfWhatIsLikedAlikeWhereSlatesAreForMoney() {
        mugs(1);
        for (String id : List.of("cheap", "dear", "other")) {
            put(id, "mugs", 100, 50, 0, 1);
            boolean dear = id.equals("dear");
            index.putItem(new Item(id, id, "mugs", dear ? 900 : 100, "GBP", dear ? 895 : 10, 9));
        }
        index.putBundle(ruled(slotted(bundle("one", 0), slotOf("mug", "mugs")), PriceLimits.NONE, percentOff(1_000)));
        assertThat(filledFor(Criterion.REVENUE)).containsExactly("dear");
        assertThat(filledFor(Criterion.MARGIN)).doesNotContain("dear");
    }

    @Test
    void shouldFillByCostAloneWhereThePriceIsTheSameWhateverFillsTheSlot() {
        List<String> fair = List.of("0 fair", "1 fair", "2 fair");
        for (int i = 0; i < 3; i++) {
            cost(i + " dear", 2_000, 900);
            cost(i + " fair", 800, 200);
        }
        index.putBundle(ruled(slotted(bundle("one", 0), slot("mug", 3)), PriceLimits.NONE, unitsFor(3, 2_000)));
        List<String> likeliest = filledFor(Criterion.RELEVANCE);
        assertThat(likeliest).as("mixed").anyMatch(fair::contains).anyMatch(id -> !fair.contains(id));
        assertThat(filledFor(Criterion.REVENUE)).isEqualTo(likeliest);
        assertThat(filledFor(Criterion.MARGIN)).containsExactlyInAnyOrderElementsOf(fair);
        index.putBundle(slotted(bundle("one", 2_000), slot("mug", 3)));
        assertThat(filledFor(Criterion.REVENUE)).isEqualTo(likeliest);
        assertThat(filledFor(Criterion.MARGIN)).containsExactlyInAnyOrderElementsOf(fair);
        index.putBundle(earning(slotted(bundle("one", 2_000), slot("mug", 3)), 500));
        assertThat(filledFor(Criterion.MARGIN)).as("states its margin").isEqualTo(likeliest);
    }

    @Test
    void shouldFillByThePriceOfItemsWhereThePriceOfTheBundleIsChosenForTheShopper() {
        cost("dear", 2_000, 900);
        cost("fair", 800, 200);
        index.putBundle(slotted(bundle("one", 700), slot("mug", 1)));
        request.goal = new SlateGoal(
                Criterion.REVENUE, ConversionModel.prior(), 1, 0, new int[] {500}, true, DiscountLimits.NONE);
        assertThat(filled()).containsExactly("dear");
        cost("fair", 2_500, 200);
        assertThat(filled()).containsExactly("fair");
    }

    @Test
    void shouldFillByTheUsualMarginWhereACostIsNotKnown() {
        cost("good", 1_000, 100);
        cost("bad", 1_000, 800);
        cost("unknown", 1_000, Item.UNKNOWN);
        Bundle one = ruled(slotted(bundle("one", 0), slot("mug", 2)), PriceLimits.NONE, percentOff(1_000));
        index.putBundle(one);
        assertThat(filledFor(Criterion.MARGIN)).containsExactly("good", "unknown");
        index.putBundle(ruled(slotted(bundle("one", 0), slot("mug", 1)), PriceLimits.NONE, percentOff(1_000)));
        assertThat(filledFor(Criterion.MARGIN)).containsExactly("good");
    }

    @Test
    void shouldFillByWhatItemsWithoutAPriceEarn() {
        for (String id : List.of("most", "some", "little")) {
            long margin = id.equals("most") ? 500 : id.equals("some") ? 50 : 5;
            index.putItem(new Item(
                    id, id, "funds", Item.UNKNOWN, null, Item.UNKNOWN, 9, Map.of(), 0, null, null, margin, ONCE));
        }
        Bundle one = slotted(bundle("one", 0), slot("fund", 2));
        index.putBundle(with(one, Map.of("currency", Bundle.NO_CURRENCY)));
        assertThat(filledFor(Criterion.MARGIN)).containsExactly("most", "some");
    }

    private void cost(String id, long priceMinor, long costMinor) {
        index.putItem(new Item(id, id, "mugs", priceMinor, "GBP", costMinor, 9));
    }

    private List<String> filledFor(Criterion kind) {
        request.goal = new SlateGoal(kind, ConversionModel.prior(), 1, 0, new int[0], false, DiscountLimits.NONE);
        return filled();
    }

    private List<String> filled() {
        ScoredCandidates scored = ranker().score(request.build(), List.of());
        int one = scored.indexOf(index.bundle("one").hash());
        return idsOf(scored.bundle(one).slots().get(0));
    }

    @Test
    void shouldMeasureTheBundleAsItIsFilled() {
        mugs(6);
        index.putBundle(slotted(bundle("one", 80), slotOf("mug", "mugs")));
        String popular = idsOf(index.bundle("one").slots().get(0)).get(0);
        int kind = popular.charAt(3) % 2;
        put("saucer", "saucers", 50, 1, 1 - kind, kind);
        request.behavior.recent().add(StableHash.of(Entity.ofItem("saucer")), EventType.VIEW, NOW);
        ScoredCandidates scored = ranker().score(request.build(), List.of());
        int one = scored.indexOf(index.bundle("one").hash());
        String filled = idsOf(scored.bundle(one).slots().get(0)).get(0);
        assertThat(filled.charAt(3) % 2).isNotEqualTo(kind);
        assertThat(scored.value(Signal.MEMBER_COSINE, one)).isCloseTo(1f, within(0.01f));
    }

    @Test
    void shouldMeasureABundleThatIsFilledAsForMostShoppers() {
        mugs(1);
        index.putBundle(slotted(bundle("one", 80), slotOf("mug", "mugs")));
        put("saucer", "saucers", 50, 1, 0, 1);
        request.behavior.recent().add(StableHash.of(Entity.ofItem("saucer")), EventType.VIEW, NOW);
        ScoredCandidates scored = ranker().score(request.build(), List.of());
        int one = scored.indexOf(index.bundle("one").hash());
        assertThat(scored.bundle(one)).isSameAs(index.bundle("one"));
        assertThat(scored.value(Signal.MEMBER_COSINE, one)).isCloseTo(1f, within(0.01f));
    }

    @Test
    void shouldFillWithWhatTheRulesAllowThoughTheMostPopularItemIsForbidden() {
        mugs(4);
        index.putBundle(slotted(bundle("one", 80), slotOf("mug", "mugs")));
        makeFirst("mug0");
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "mug0", 1, 100, NOW - 2));
        request.behavior.record(Events.item(EventType.PURCHASE, "mug2", 1, 100, NOW - DAY));

        RankedBundle ranked = offered("one");
        assertThat(idsOf(ranked.offered().slots().get(0))).doesNotContain("mug0", "mug2");
        assertThat(ranked.offered().slots().get(0).alternatives())
                .extracting(Alternative::itemId)
                .doesNotContain("mug0", "mug2");
        assertThat(ranker().why(request.build(), "one")).isNull();
    }

    @Test
    void shouldGiveTheRuleWhereNoItemIsAllowedAndNameWhatCannotBeFilled() {
        mugs(2);
        index.putBundle(slotted(bundle("one", 80), slotOf("mug", "mugs")));
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "mug0", 1, 100, NOW - 2));
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "mug1", 1, 100, NOW - 1));
        assertThat(ranker().why(request.build(), "one")).isEqualTo(Exclusion.IN_BASKET);
        index.removeItem("mug0");
        index.removeItem("mug1");
        assertThat(ranker().why(request.build(), "one")).isEqualTo(Exclusion.UNFILLABLE);
        assertThat(ranker().rank(request.build()).emptyReason()).isEqualTo("unfillable");
    }

    @Test
    void shouldNotTakeTwoThatAreNearlyTheSame() {
        put("red", "mugs", 100, 50, 1, 0);
        put("crimson", "mugs", 100, 40, 1, 0.01f);
        put("blue", "mugs", 100, 10, 0, 1);
        index.beginGeneration(1, identity(2));
        index.putBundle(slotted(bundle("two", 150), slot("mugs", 2)));
        assertThat(idsOf(offered("two").offered().slots().get(0))).containsExactly("red", "blue");
        index.removeItem("blue");
        assertThat(idsOf(offered("two").offered().slots().get(0))).containsExactlyInAnyOrder("red", "crimson");
    }

    @Test
    void shouldPriceAlternativesByTheRuleAndLeaveOutThoseBelowTheLimits() {
        put("cheap", "mugs", 100, 50);
        put("fair", "mugs", 200, 40);
        put("dear", "mugs", 400, 30);
        index.putBundle(ruled(slotted(bundle("off", 0), slot("mug", 1)), PriceLimits.NONE, percentOff(1_000)));
        index.putBundle(ruled(slotted(bundle("fixed", 90), slot("mug", 1)), new PriceLimits(6_000, Item.UNKNOWN)));
        request.excluded = Set.of("fixed");
        assertThat(offered("off").offered().slots().get(0).alternatives())
                .containsExactly(new Alternative("fair", "cheap", 180), new Alternative("dear", "cheap", 360));
        request.excluded = Set.of("off");
        assertThat(offered("fixed").offered().slots().get(0).alternatives())
                .containsExactly(new Alternative("fair", "cheap", 90));
    }

    @Test
    void shouldPriceAnAlternativeByTheItemThatItReplaces() {
        put("cheap", "mugs", 100, 50);
        put("fair", "mugs", 200, 40);
        put("dear", "mugs", 400, 30);
        put("other", "mugs", 300, 20);
        index.putBundle(ruled(slotted(bundle("off", 0), slot("mug", 3)), PriceLimits.NONE, percentOff(1_000)));
        assertThat(offered("off").offered().slots().get(0).alternatives())
                .containsExactly(
                        new Alternative("other", "dear", 540),
                        new Alternative("other", "fair", 720),
                        new Alternative("other", "cheap", 810));
    }

    @Test
    void shouldOfferFewerItemsInExchangeWhereASlotHasManyMembers() {
        mugs(20);
        index.putBundle(slotted(bundle("five", 400), slot("mugs", 5)));
        index.putBundle(slotted(bundle("many", 900), slot("mugs", 14)));
        request.excluded = Set.of("many");
        assertThat(offered("five").offered().slots().get(0).alternatives()).hasSize(10);
        request.excluded = Set.of("five");
        FilledSlot many = offered("many").offered().slots().get(0);
        assertThat(many.alternatives())
                .extracting(Alternative::replaces)
                .hasSize(12)
                .doesNotHaveDuplicates()
                .isSubsetOf(idsOf(many).subList(2, 14));
        assertThat(many.alternatives())
                .extracting(Alternative::itemId)
                .containsOnly(many.alternatives().get(0).itemId());
    }

    @Test
    void shouldFillAsManyUnitsAsAreWorthMost() {
        mugs(6);
        BundleSlot threeToFive = new BundleSlot("mug", List.of(), "mugs", null, null, 3, 5, false);
        request.goal = new SlateGoal(
                SlateGoal.Criterion.REVENUE,
                new ConversionModel(new float[ConversionFeature.count()], 1, 0),
                1,
                0,
                new int[0],
                false,
                DiscountLimits.NONE);
        index.putBundle(
                ruled(slotted(bundle("one", 0), threeToFive), PriceLimits.NONE, unitsFor(3, 240), unitsFor(5, 390)));
        RankedBundle five = offered("one");
        assertThat(idsOf(five.offered().slots().get(0))).hasSize(5);
        assertThat(five.offered().priceMinor()).isEqualTo(390);
        assertThat(five.offered().slots().get(0).alternatives())
                .extracting(Alternative::priceMinor)
                .hasSize(5)
                .containsOnly(390L);

        index.putBundle(
                ruled(slotted(bundle("one", 0), threeToFive), PriceLimits.NONE, unitsFor(3, 240), unitsFor(5, 239)));
        assertThat(idsOf(offered("one").offered().slots().get(0)))
                .as("5 bring less")
                .hasSize(3);
        request.goal = SlateGoal.relevance();
        assertThat(offered("one").offered().priceMinor()).isEqualTo(240);
    }

    @Test
    void shouldListNoItemForTwoSlots() {
        mugs(7);
        index.putBundle(slotted(bundle("two", 150), slotOf("mine", "mugs"), slotOf("yours", "mugs")));
        assertThat(offered("two").offered().slots().stream()
                        .flatMap(slot -> slot.alternatives().stream().map(Alternative::itemId)))
                .hasSize(5)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldFillWithWhatGoesWithTheFixedItem() {
        put("phone", "phones", 500, 5);
        for (String id : List.of("other", "fits", "fits too")) {
            Item plain = item(id, "cases", 50, "GBP", 9);
            Set<String> requires = Set.of(id.startsWith("fits") ? "phone" : "another phone");
            index.putItem(new Item(
                    id,
                    id,
                    "cases",
                    plain.priceMinor(),
                    "GBP",
                    Item.UNKNOWN,
                    9,
                    Map.of(),
                    0,
                    null,
                    null,
                    Item.UNKNOWN,
                    new Item.Suitability(false, requires, 0, Integer.MAX_VALUE, Set.of())));
            index.putModel(model(Entity.ofItem(id), id.equals("other") ? 500 : 5));
        }
        index.putBundle(slotted(bundle("one", 520, "phone"), slotOf("case", "cases")));
        assertThat(idsOf(index.bundle("one").slots().get(0))).containsExactly("other");
        FilledSlot filled = offered("one").offered().slots().get(0);
        assertThat(idsOf(filled)).isSubsetOf("fits", "fits too");
        assertThat(filled.alternatives()).hasSize(1);
    }

    @Test
    void shouldFillAtMostEightBundlesForTheShopper() {
        mugs(4);
        for (int b = 0; b < 12; b++) {
            index.putBundle(slotted(bundle(b == 0 ? "one" : "b" + b, 80), slotOf("mug", "mugs")));
        }
        makeFirst("mug0");
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "mug0", 1, 100, NOW - 2));
        assertThat(ranker().rank(request.build()).candidates()).isEqualTo(8);
        assertThat(ranker().why(request.build(), "b11")).isNull();
    }

    @Test
    void shouldTryMoreUnitsOfAtMostEightBundlesForTheShopper() {
        mugs(6);
        BundleSlot threeToFive = new BundleSlot("mug", List.of(), "mugs", null, null, 3, 5, false);
        for (int b = 0; b < 12; b++) {
            index.putBundle(ruled(
                    slotted(bundle("b" + b, 0), threeToFive), PriceLimits.NONE, unitsFor(3, 240), unitsFor(5, 390)));
        }
        request.goal =
                new SlateGoal(Criterion.REVENUE, ConversionModel.prior(), 1, 0, new int[0], false, DiscountLimits.NONE);
        SlateRanker ranker = ranker();
        List<RankedBundle> slate = ranker.rank(request.build()).bundles();
        assertThat(slate)
                .isNotEmpty()
                .allSatisfy(ranked -> assertThat(ranked.offered().priceMinor())
                        .isEqualTo(ranked.entry().priceMinor()));
        ScoredCandidates scored = ranker.candidates();
        assertThat(IntStream.range(0, scored.size()).map(c -> scored.bundle(c).size()))
                .hasSize(12)
                .filteredOn(units -> units == 5)
                .hasSize(8);
    }

    @Test
    void shouldKeepTheMostPopularItemWhereThePriceDoesNotSuitTheOneForTheShopper() {
        likedAndPopular(60);
        assertThat(idsOf(offered("one").offered().slots().get(0))).containsExactly("popular");
        assertThat(ranker().why(request.build(), "one")).isNull();
        put("liked", "mugs", 100, 50, 1, 0);
        assertThat(idsOf(offered("one").offered().slots().get(0))).containsExactly("liked");
    }

    private void likedAndPopular(long priceOfLiked) {
        put("saucer", "saucers", 50, 1, 1, 0);
        put("popular", "mugs", 100, 100, 0, 1);
        put("liked", "mugs", priceOfLiked, 50, 1, 0);
        for (int i = 0; i < 4; i++) {
            put("rare" + i, "mugs", 100, 1, 0, 1);
        }
        index.beginGeneration(1, identity(2));
        index.putBundle(slotted(bundle("one", 80), slotOf("mug", "mugs")));
        for (int i = 0; i < 5; i++) {
            request.behavior.recent().add(StableHash.of(Entity.ofItem("saucer")), EventType.VIEW, NOW);
        }
    }

    @Test
    void shouldLeaveOutAlternativesThatDoNotSuitTheCodeOnTheCart() {
        put("jug", "jugs", 100, 1);
        put("best", "mugs", 120, 500);
        index.putItem(new Item("costly", "costly", "mugs", 120, "GBP", 75, 9));
        index.putItem(new Item("cheap", "cheap", "mugs", 85, "GBP", 10, 9));
        Bundle one = slotted(bundle("one", 80), slotOf("mug", "mugs"));
        request.behavior.record(Events.discounted(EventType.VIEW, "jug", 1_000, NOW));

        index.putBundle(sold(one, false, Bundle.SaleTerms.CODES));
        assertThat(offered("one").offered().slots().get(0).alternatives())
                .containsExactly(new Alternative("cheap", "best", 80));
        index.putBundle(sold(one, false, Bundle.SaleTerms.NOTHING));
        assertThat(offered("one").offered().slots().get(0).alternatives())
                .containsExactly(new Alternative("costly", "best", 80));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_000})
    void shouldFindWhatCanBeOfferedBehindManyBundlesWithSlotsThatCannot(int fullScan) {
        mugs(2);
        put("cup", "cups", 100, 1);
        put("saucer", "saucers", 40, 1);
        for (int b = 0; b < 150; b++) {
            Bundle made = slotted(bundle("b" + b, 80), slotOf("mug", "mugs"));
            boolean ofSegment = b % 2 == 0;
            index.putBundle(ofSegment ? terms(made, Item.UNLIMITED, 0, Long.MAX_VALUE, Set.of("b2b")) : made);
        }
        index.putBundle(slotted(bundle("last", 80), slotOf("cup", "cups")));
        index.putBundle(bundle("plain", 30, "saucer"));
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "mug0", 1, 100, NOW - 2));
        request.behavior.record(Events.item(EventType.ADD_TO_CART, "mug1", 1, 100, NOW - 2));
        SlateRanker ranker = new SlateRanker(index, Requests.settings(20, fullScan, 20, 1));
        assertThat(ranker.rank(request.build()).bundles())
                .extracting(ranked -> ranked.entry().bundle().id())
                .containsExactlyInAnyOrder("last", "plain");
        assertThat(ranker.why(request.build(), "b0")).isEqualTo(Exclusion.OTHER_SEGMENT);
    }

    @Test
    void shouldFollowTheTasteThoughAnItemHasAVectorWithoutADirection() {
        likedAndPopular(100);
        put("blank", "mugs", 100, 1, 0, 0);
        assertThat(idsOf(offered("one").offered().slots().get(0))).containsExactly("liked");
    }

    /**
     * Whatever the shop, the shopper and the order of arrival: what is offered obeys the rules, and so do its swaps.
     */
    @Property(tries = 200, seed = "91")
    void shouldObeyTheRulesInWhateverOrderTheCatalogueCame(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<Consumer<WritableCatalogIndex>> changes = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Item item = item("i" + i, "c" + i % 3, 50 + random.nextInt(200), "GBP", random.nextInt(5));
            changes.add(each -> each.putItem(item));
            float[] vector = {random.nextFloat() - 0.5f, random.nextFloat()};
            int popularity = random.nextInt(60);
            changes.add(each -> each.putModel(model(Entity.ofItem(item.id()), popularity, vector)));
        }
        for (int b = 0; b < 8; b++) {
            Bundle made = slotted(
                    random.nextBoolean() ? bundle("b" + b, 90, "i" + random.nextInt(16)) : bundle("b" + b, 90),
                    slotOf("first", "c" + random.nextInt(3)),
                    slot("second", 1 + random.nextInt(2)));
            changes.add(each -> each.putBundle(made));
        }
        for (int e = 0; e < 6; e++) {
            EventType type = random.nextBoolean() ? EventType.ADD_TO_CART : EventType.PURCHASE;
            request.behavior.record(Events.item(
                    type, "i" + random.nextInt(16), 1, 100, NOW - (6 - e) * (long) random.nextInt(90) * DAY / 6));
        }
        changes.forEach(change -> change.accept(index));
        index.beginGeneration(1, identity(2));
        Collections.shuffle(changes, random);
        WritableCatalogIndex shuffled = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        changes.forEach(change -> change.accept(shuffled));
        shuffled.beginGeneration(1, identity(2));

        List<RankedBundle> slate = ranker().rank(request.build()).bundles();
        List<RankedBundle> again = new SlateRanker(shuffled, RankingSettings.of(SettingValues.defaults()))
                .rank(request.build())
                .bundles();
        assertThat(again)
                .extracting(each -> each.entry().bundle())
                .isEqualTo(slate.stream().map(each -> each.entry().bundle()).toList());
        assertThat(again)
                .extracting(ranked -> ranked.offered().slots())
                .isEqualTo(
                        slate.stream().map(ranked -> ranked.offered().slots()).toList());
        for (RankedBundle ranked : slate) {
            requireRules(ranked.entry(), ranked.offered().slots());
        }
    }

    private void requireRules(BundleEntry entry, List<FilledSlot> slots) {
        List<String> members =
                entry.bundle().members().stream().map(BundleMember::itemId).toList();
        assertThat(members).doesNotHaveDuplicates();
        assertThat(slots).hasSize(2);
        int filled = slots.stream().mapToInt(slot -> slot.members().size()).sum();
        assertThat(members).hasSizeBetween(filled, filled + 1);
        long list = 0;
        for (BundleMember member : entry.bundle().members()) {
            Item item = index.item(member.itemId());
            assertThat(item.stock()).isGreaterThanOrEqualTo(member.quantity());
            list += item.priceMinor() * member.quantity();
        }
        assertThat(entry.listPriceMinor()).isEqualTo(list);
        assertThat(list).isGreaterThanOrEqualTo(entry.priceMinor());
        assertThat(members)
                .anyMatch(id -> request.behavior.cart().lines().stream()
                        .noneMatch(line -> line.itemId().equals(id)));
        for (FilledSlot slot : slots) {
            assertThat(slot.alternatives()).doesNotHaveDuplicates();
            assertThat(slot.alternatives().stream().map(Alternative::itemId).distinct())
                    .hasSizeLessThanOrEqualTo(3);
            for (Alternative swap : slot.alternatives()) {
                assertThat(members).doesNotContain(swap.itemId()).contains(swap.replaces());
                assertThat(index.item(swap.itemId()).stock()).isPositive();
            }
        }
    }
}
