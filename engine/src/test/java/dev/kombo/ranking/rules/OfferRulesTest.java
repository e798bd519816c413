package dev.kombo.ranking.rules;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.model;
import static dev.kombo.catalog.index.CatalogFixtures.terms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.BundleState;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.event.SlateGoals;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.OpenOrder;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OfferRulesTest {
    private static final long DAY = 86_400_000L;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private RuleSettings rules = RuleSettings.of(SettingValues.defaults());

    @BeforeEach
    void fillCatalogue() {
        index.putItem(item("a", "tea", 60, "GBP", 5));
        index.putItem(item("b", "cups", 80, "GBP", Item.UNLIMITED));
        index.putBundle(bundle("ab", 150, List.of(new BundleMember("a", 2), new BundleMember("b", 1))));
    }

    private void expect(Exclusion exclusion) {
        assertThat(new SlateRanker(index, Requests.settings(rules)).why(request.build(), "ab"))
                .isEqualTo(exclusion);
        BundleEntry entry = index.bundle("ab");
        boolean forEveryone = exclusion == null || exclusion.compareTo(Exclusion.OTHER_SEGMENT) >= 0;
        if (entry != null && exclusion != Exclusion.LEFT_OUT) {
            BundleState state =
                    BundleState.of(entry, request.now, request.build().goal().discounts().length > 0);
            assertThat(Exclusion.of(state))
                    .as("what the catalogue shows of the bundle")
                    .isEqualTo(forEveryone ? null : exclusion);
        }
    }

    @Test
    void shouldOfferWhenNothingSpeaksAgainstIt() {
        expect(null);
    }

    @Test
    void shouldNotOfferWhatIsNotThere() {
        index.removeBundle("ab");
        expect(Exclusion.NOT_IN_CATALOGUE);
    }

    @Test
    void shouldNotOfferWhatIsLeftOut() {
        request.excluded = Set.of("other", "ab");
        expect(Exclusion.LEFT_OUT);
        request.excluded = Set.of("other");
        expect(null);
    }

    @Test
    void shouldNotOfferWhenAMemberHasNoPrice() {
        index.putItem(item("b", "cups", Item.UNKNOWN, null, 1));
        expect(Exclusion.UNPRICED);
        index.removeItem("b");
        expect(Exclusion.UNPRICED);
        index.putItem(item("b", "cups", 0, "GBP", 1));
        expect(Exclusion.DEARER_THAN_MEMBERS);
        index.putBundle(bundle("ab", 60, "a", "b"));
        expect(null);
        index.putBundle(bundle("ab", Item.UNKNOWN, "a", "b"));
        expect(Exclusion.UNPRICED);
    }

    @Test
    void shouldNotOfferWhatCostsMoreThanItsMembersWhoeverMadeIt() {
        index.putBundle(bundle("ab", 200, List.of(new BundleMember("a", 2), new BundleMember("b", 1))));
        expect(null);
        index.putItem(item("b", "cups", 79, "GBP", Item.UNLIMITED));
        expect(Exclusion.DEARER_THAN_MEMBERS);
        request.goal = SlateGoals.of(
                new Arm(
                        "in",
                        Arm.Kind.TREATMENT,
                        1,
                        new OfferPolicy(
                                OfferPolicy.Objective.REVENUE,
                                OfferPolicy.ArmRanker.LEARNED,
                                0,
                                List.of(0, 1_000),
                                Double.NaN,
                                true)),
                ConversionModel.prior());
        expect(Exclusion.DEARER_THAN_MEMBERS);
    }

    @Test
    void shouldNotOfferWhenCurrenciesDiffer() {
        index.putItem(item("b", "cups", 80, "EUR", 1));
        expect(Exclusion.MIXED_CURRENCIES);
    }

    @Test
    void shouldNotOfferWhenStockDoesNotGiveOneBundle() {
        index.putItem(item("a", "tea", 60, "GBP", 1));
        expect(Exclusion.OUT_OF_STOCK);
        index.putItem(item("a", "tea", 60, "GBP", 2));
        expect(null);
        index.putBundle(terms(index.bundle("ab").bundle(), 0, Long.MIN_VALUE, Long.MAX_VALUE, Set.of()));
        expect(Exclusion.OUT_OF_STOCK);
    }

    @Test
    void shouldNotOfferOutsideValidity() {
        index.putBundle(terms(index.bundle("ab").bundle(), 1, NOW, NOW + 10, Set.of()));
        expect(null);
        request.now = NOW - 1;
        expect(Exclusion.NOT_YET_VALID);
        request.now = NOW + 9;
        expect(null);
        request.now = NOW + 10;
        expect(Exclusion.NO_LONGER_VALID);
    }

    @Test
    void shouldNotOfferToOtherSegments() {
        index.putBundle(terms(index.bundle("ab").bundle(), 1, 0, Long.MAX_VALUE, Set.of("vip", "staff")));
        expect(Exclusion.OTHER_SEGMENT);
        request.segments = Set.of("new");
        expect(Exclusion.OTHER_SEGMENT);
        request.segments = Set.of("new", "vip");
        expect(null);
    }

    @Test
    void shouldNotOfferOutsideThePriceBand() {
        rules = new RuleSettings(151, 1000, 3, DAY, DAY, Map.of(), true, 0.2, Set.of());
        expect(Exclusion.OUTSIDE_PRICE_BAND);
        rules = new RuleSettings(0, 149, 3, DAY, DAY, Map.of(), true, 0.2, Set.of());
        expect(Exclusion.OUTSIDE_PRICE_BAND);
        rules = new RuleSettings(150, 150, 3, DAY, DAY, Map.of(), true, 0.2, Set.of());
        expect(null);
    }

    @Test
    void shouldNotOfferMoreOftenThanTheCap() {
        rules = new RuleSettings(0, 1000, 2, DAY, DAY, Map.of(), true, 0.2, Set.of());
        long hash = StableHash.of(Entity.ofBundle("ab"));
        request.behavior.exposures().addWithin(hash, NOW - 10, DAY);
        expect(null);
        request.behavior.exposures().addWithin(hash, NOW - 5, DAY);
        expect(Exclusion.OFFERED_TOO_OFTEN);
        request.now = NOW - 5 + DAY - 1;
        expect(Exclusion.OFFERED_TOO_OFTEN);
        request.now = NOW - 5 + DAY;
        expect(null);
    }

    @Test
    void shouldNotOfferWhatIsInTheBasketWhole() {
        request.behavior.cart().add("a", 1, NOW);
        request.behavior.cart().add("b", 1, NOW);
        expect(null);
        request.behavior.cart().add("a", 1, NOW);
        expect(Exclusion.IN_BASKET);
        request.behavior.cart().remove("b", 1);
        expect(null);

        OpenOrder order = new OpenOrder("o", NOW);
        order.add("b", NOW);
        request.behavior.order(order);
        expect(Exclusion.IN_BASKET);
    }

    /** Sets of 64 bits decide first, in which every 64th item of the index looks the same. */
    @Test
    void shouldTellItemsApartThatShareABit() {
        for (int i = 0; i < 64; i++) {
            index.putItem(item("filler" + i, "tea", 10, "GBP", 5));
        }
        index.putItem(item("a2", "tea", 60, "GBP", 5));
        index.putItem(item("b2", "cups", 60, "GBP", 5));
        assertThat(index.itemOrdinal("filler62") % 64).isEqualTo(index.itemOrdinal("a") % 64);
        for (int i = 0; i < 64; i++) {
            request.behavior.cart().add("filler" + i, 9, NOW);
            request.behavior.record(Events.item(EventType.PURCHASE, "filler" + i, NOW - DAY));
        }
        expect(null);
        request.behavior.cart().add("a", 2, NOW);
        request.behavior.cart().add("b", 1, NOW);
        expect(Exclusion.IN_BASKET);
    }

    /** Of 1,000 orders, 100 hold tea a, and as many the other tea: 10 with both are expected. */
    private void otherTea(String category, int common, float cosine) {
        index.putItem(item("other", category, 60, "GBP", 5));
        index.putBundle(bundle("ab", 130, List.of(new BundleMember("other", 1), new BundleMember("b", 1))));
        index.putModel(model(Entity.ALL, 1_000));
        index.putModel(model(Entity.ofItem("a"), 100, NOW, List.of(new Neighbor("other", 1, common)), 1, 0));
        float rest = (float) Math.sqrt(1 - cosine * cosine);
        index.putModel(model(Entity.ofItem("other"), 100, NOW, List.of(), cosine, rest));
        index.beginGeneration(1, CatalogFixtures.identity(2));
        index.refresh();
    }

    @Test
    void shouldNotOfferWhatIsTakenInsteadOfSomethingInTheBasket() {
        otherTea("tea", 3, 0.6f);
        expect(null);
        request.behavior.cart().add("a", 1, NOW);
        expect(Exclusion.SUBSTITUTE);
        request.trigger = Entity.ofItem("other");
        expect(null);
        request.trigger = null;
        rules = new RuleSettings(0, 1000, 3, DAY, DAY, Map.of(), false, 0.2, Set.of());
        expect(null);
    }

    /** One ranker asks for many shoppers, whose baskets are of any length and may hold several items of a category. */
    @Test
    void shouldJudgeByTheBasketOfThisShopperOnly() {
        otherTea("tea", 3, 0.6f);
        SlateRanker ranker = new SlateRanker(index, Requests.settings(rules));
        Requests first = new Requests();
        first.behavior.cart().add("a", 1, NOW);
        for (int i = 0; i < 20; i++) {
            index.putItem(item("more" + i, i % 2 == 0 ? "tea" : "category" + i, 60, "GBP", 5));
            first.behavior.cart().add("more" + i, 1, NOW);
        }
        Requests second = new Requests();
        second.behavior.cart().add("more0", 1, NOW);
        for (int round = 0; round < 2; round++) {
            assertThat(ranker.why(first.build(), "ab")).isEqualTo(Exclusion.SUBSTITUTE);
            assertThat(ranker.why(second.build(), "ab")).isNull();
            assertThat(ranker.why(new Requests().build(), "ab")).isNull();
        }
        index.putItem(item("a", "something else", 60, "GBP", 5));
        assertThat(ranker.why(first.build(), "ab")).isNull();
    }

    @Test
    void shouldOfferWhatIsBoughtBesideWhatTheBasketHolds() {
        request.behavior.cart().add("a", 1, NOW);
        otherTea("tea", 4, 0.6f);
        expect(null);
        otherTea("tea", 3, 0.4f);
        expect(null);
        otherTea("cups", 3, 0.6f);
        expect(null);
        otherTea("tea", 3, 0.6f);
        expect(Exclusion.SUBSTITUTE);
        index.putBundle(bundle("both", 100, "a", "other"));
        expect(null);
    }

    @Test
    void shouldNotOfferWhatWasBoughtWholeWithinTheCoolDown() {
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - 29 * DAY));
        expect(null);
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW - 28 * DAY));
        expect(Exclusion.BOUGHT_RECENTLY);
        request.now = NOW + DAY - 1;
        expect(Exclusion.BOUGHT_RECENTLY);
        request.now = NOW + DAY;
        expect(null);
    }

    @Test
    void shouldTakeTheCoolDownOfACategoryWhenItHasOne() {
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - 2 * DAY));
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW - 2 * DAY));
        expect(Exclusion.BOUGHT_RECENTLY);
        rules = new RuleSettings(0, 1000, 2, DAY, 30 * DAY, Map.of("tea", DAY), true, 0.2, Set.of());
        expect(null);
        rules = new RuleSettings(0, 1000, 2, DAY, DAY, Map.of("tea", 30 * DAY, "cups", 3 * DAY), true, 0.2, Set.of());
        expect(Exclusion.BOUGHT_RECENTLY);
    }

    @Test
    void shouldNotOfferABundleThatWasBoughtAsOne() {
        request.behavior.record(Events.bundle(EventType.PURCHASE, "ab", NOW - 30 * DAY + 1));
        expect(Exclusion.BOUGHT_RECENTLY);
        request.now = NOW + 1;
        expect(null);
    }

    /** Ten buyers of an item in a category, of whom some bought it again after a month. */
    private void boughtBy(String item, int again) {
        RepurchaseCounts counts = RepurchaseCounts.NONE;
        for (int b = 0; b < 10; b++) {
            counts = counts.bought(RepurchaseCounts.FIRST, NOW - 300 * DAY);
        }
        for (int b = 0; b < again; b++) {
            counts = counts.bought(30 * DAY, NOW - 270 * DAY);
        }
        index.putModel(CatalogFixtures.repurchased(Entity.ofItem(item), counts));
    }

    @Test
    void shouldNotOfferAgainWhatIsBoughtOnce() {
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW - 200 * DAY));
        expect(null);
        boughtBy("b", 0);
        expect(Exclusion.BOUGHT_ONCE);
        boughtBy("b", 5);
        expect(null);
        boughtBy("b", 0);
        request.behavior.record(Events.item(EventType.RETURN, "b", NOW - 190 * DAY));
        expect(null);
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW - 200 * DAY));
        boughtBy("a", 0);
        expect(Exclusion.BOUGHT_ONCE);
        rules = new RuleSettings(0, 1000, 2, DAY, DAY, Map.of(), true, 0, Set.of());
        expect(null);
    }

    @Test
    void shouldOfferAgainWhatTheCatalogueSaysIsUsedUp() {
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW - 200 * DAY));
        boughtBy("b", 0);
        index.putItem(new Item(
                "b",
                "b",
                "cups",
                80,
                "GBP",
                Item.UNKNOWN,
                Item.UNLIMITED,
                Map.of(),
                0,
                null,
                null,
                Item.UNKNOWN,
                new Item.Suitability(true, Set.of(), 0, Integer.MAX_VALUE, Set.of())));
        expect(null);
    }

    @Test
    void shouldOfferWhatTheOpenOrderHasOnlyAPartOf() {
        boughtBy("b", 0);
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW));
        request.behavior.order(new OpenOrder("o", NOW));
        expect(Exclusion.BOUGHT_ONCE);
        request.behavior.order().add("b", NOW);
        expect(null);
    }

    @Test
    void shouldTakeTheRateOfTheCategoryForAnItemOfWhichLittleIsKnown() {
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW - 20 * DAY));
        for (int i = 0; i < 3; i++) {
            index.putItem(item("cup" + i, "cups", 80, "GBP", Item.UNLIMITED));
            boughtBy("cup" + i, 0);
            index.putItem(item("tea" + i, "tea", 60, "GBP", Item.UNLIMITED));
            boughtBy("tea" + i, 9);
        }
        expect(Exclusion.BOUGHT_ONCE);
        index.putItem(item("b", "tea", 80, "GBP", Item.UNLIMITED));
        expect(null);
        index.putItem(item("b", null, 80, "GBP", Item.UNLIMITED));
        expect(null);
    }

    @Test
    void shouldGiveEachRuleACodeOfItsOwn() {
        assertThat(Exclusion.values()).extracting(Exclusion::code).doesNotHaveDuplicates();
    }
}
