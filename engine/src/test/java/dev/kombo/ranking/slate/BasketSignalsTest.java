package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.price.BundlePricing;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.OpenOrder;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Signals of baskets and of minima over a bundle's members, each calculated by hand. */
class BasketSignalsTest {
    private static final Offset<Float> EXACT = within(1e-5f);
    private static final long DAY = 86_400_000L;

    private final WritableCatalogIndex index = new WritableCatalogIndex(new IndexSettings(
            48, new PopularitySettings(3 * DAY, 14 * DAY), BundlePricing.of(SettingValues.defaults()), false));
    private final Requests request = new Requests();

    BasketSignalsTest() {
        for (String item : List.of("a", "b", "c")) {
            index.putItem(CatalogFixtures.item(item, 100));
        }
        index.putBundle(CatalogFixtures.bundle("pair", 180, "a", "b"));
        index.putBundle(CatalogFixtures.bundle("triple", 270, "a", "b", "c"));
        // a is in 10 orders: 5 of them held b, 2 held c. b is in 20, of which 6 held c.
        put("a", 10, new Neighbor("b", 3.5f, 5), new Neighbor("c", 1.5f, 2));
        put("b", 20, new Neighbor("a", 3f, 5), new Neighbor("c", 2.5f, 6));
    }

    private void put(String item, int purchases, Neighbor... neighbors) {
        index.putModel(CatalogFixtures.model(Entity.ofItem(item), purchases, NOW, List.of(neighbors), 1f));
    }

    private float value(Signal signal, String bundle) {
        SlateRanker ranker = new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
        ScoredCandidates scored = ranker.score(request.build(), List.of(bundle));
        return scored.value(signal, scored.indexOf(index.bundle(bundle).hash()));
    }

    @Test
    void shouldTakeTheSupportOfThePairBoughtTogetherLeast() {
        assertThat(value(Signal.SUPPORT, "pair")).isCloseTo((float) Math.log1p(3.5), EXACT);
        assertThat(value(Signal.SUPPORT, "triple")).isCloseTo((float) Math.log1p(1.5), EXACT);
    }

    /** 5 of 20 orders with b held a, 2 of 10 with a held c, and 6 of 20 with b held c. */
    @Test
    void shouldTakeTheAllConfidenceOfTheLoosestPair() {
        index.putBundle(CatalogFixtures.bundle("single", 90, "a"));

        assertThat(value(Signal.ALL_CONFIDENCE, "pair")).isCloseTo(5 / 20f, EXACT);
        assertThat(value(Signal.ALL_CONFIDENCE, "triple")).isCloseTo(2 / 10f, EXACT);
        assertThat(value(Signal.ALL_CONFIDENCE, "single")).isZero();
    }

    @Test
    void shouldTakeTheLogarithmOfTheNumberOfMembers() {
        index.putBundle(CatalogFixtures.bundle("single", 90, "a"));

        assertThat(value(Signal.SIZE, "single")).isZero();
        assertThat(value(Signal.SIZE, "pair")).isCloseTo((float) Math.log(2), EXACT);
        assertThat(value(Signal.SIZE, "triple")).isCloseTo((float) Math.log(3), EXACT);
    }

    @Test
    void shouldBeAsConfidentAsOfTheLeastLikelyMember() {
        request.behavior.cart().add("a", 1, NOW);

        assertThat(value(Signal.BASKET_CONFIDENCE, "pair")).isCloseTo(0.5f, EXACT);
        assertThat(value(Signal.BASKET_CONFIDENCE, "triple")).isCloseTo(0.2f, EXACT);
        assertThat(value(Signal.BASKET_SHARE, "pair")).isCloseTo(0.5f, EXACT);
        assertThat(value(Signal.BASKET_SHARE, "triple")).isCloseTo(1 / 3f, EXACT);
    }

    @Test
    void shouldTakeTheItemOfTheBasketThatMakesAMemberMostLikely() {
        request.behavior.cart().add("a", 1, NOW);
        request.behavior.cart().add("b", 1, NOW);

        assertThat(value(Signal.BASKET_CONFIDENCE, "triple")).isCloseTo(0.3f, EXACT);
    }

    @Test
    void shouldLookAtNeighboursOfTheLatestTwentyLines() {
        addToCartBeforeOthers("a", 19);
        assertThat(value(Signal.BASKET_CONFIDENCE, "pair")).isCloseTo(0.5f, EXACT);

        request.behavior.cart().add("c", 1, NOW);
        assertThat(value(Signal.BASKET_CONFIDENCE, "pair")).isZero();
        assertThat(value(Signal.BASKET_SHARE, "pair"))
                .as("in the basket all the same")
                .isCloseTo(0.5f, EXACT);
    }

    @Test
    void shouldLookAtNeighboursOfAnOldLineThatIsOrderedAgain() {
        addToCartBeforeOthers("a", 25);
        assertThat(value(Signal.BASKET_CONFIDENCE, "pair")).isZero();

        request.behavior.order(new OpenOrder("o", NOW));
        request.behavior.order().add("a", NOW);
        assertThat(value(Signal.BASKET_CONFIDENCE, "pair")).isCloseTo(0.5f, EXACT);
    }

    private void addToCartBeforeOthers(String item, int others) {
        request.behavior.cart().add(item, 1, NOW);
        for (int i = 0; i < others; i++) {
            index.putItem(CatalogFixtures.item("other" + i, 100));
            request.behavior.cart().add("other" + i, 1, NOW);
        }
    }

    @Test
    void shouldHaveNoConfidenceWithoutABasket() {
        assertThat(value(Signal.BASKET_CONFIDENCE, "pair")).isZero();
        assertThat(value(Signal.BASKET_SHARE, "pair")).isZero();
    }

    /** Lines of the cart come first, then those of the open order, which is younger. */
    @Test
    void shouldTakeTheLatestConfidenceFromTheLatestThreeLinesOnly() {
        request.behavior.cart().add("a", 1, NOW);
        assertThat(value(Signal.LATEST_CONFIDENCE, "pair")).isCloseTo(0.5f, EXACT);
        assertThat(value(Signal.LATEST_CONFIDENCE, "triple")).as("c, not b").isCloseTo(0.2f, EXACT);

        request.behavior.cart().add("d", 1, NOW);
        request.behavior.cart().add("b", 1, NOW);
        assertThat(value(Signal.LATEST_CONFIDENCE, "triple"))
                .as("a is the third latest, but b makes c more likely")
                .isCloseTo(0.3f, EXACT);
        assertThat(value(Signal.LATEST_CONFIDENCE, "pair"))
                .as("nothing is missing")
                .isZero();

        for (String item : List.of("e", "f", "g")) {
            request.behavior.cart().add(item, 1, NOW);
            assertThat(value(Signal.BASKET_CONFIDENCE, "triple")).isCloseTo(0.3f, EXACT);
        }
        assertThat(value(Signal.LATEST_CONFIDENCE, "triple"))
                .as("a and b are older than the latest three lines")
                .isZero();
    }

    @Test
    void shouldCountTheLinesOfTheOpenOrderAmongTheLatest() {
        request.behavior.cart().add("a", 1, NOW);
        request.behavior.cart().add("d", 1, NOW);
        request.behavior.order(new OpenOrder("o1", NOW));
        request.behavior.order().add("e", NOW);
        assertThat(value(Signal.LATEST_CONFIDENCE, "pair")).as("a, d, e").isCloseTo(0.5f, EXACT);
        request.behavior.order().add("f", NOW);
        assertThat(value(Signal.LATEST_CONFIDENCE, "pair")).as("d, e, f").isZero();
        request.behavior.order(new OpenOrder("o2", NOW));
        request.behavior.cart().remove("a", 1);
        List.of("a", "e", "f", "g").forEach(item -> request.behavior.order().add(item, NOW));
        assertThat(value(Signal.LATEST_CONFIDENCE, "pair")).as("e, f, g").isZero();
        assertThat(value(Signal.BASKET_CONFIDENCE, "pair")).isCloseTo(0.5f, EXACT);
    }

    @Test
    void shouldHaveNoLatestConfidenceWhereAMissingMemberIsNoNeighbour() {
        index.putItem(CatalogFixtures.item("far", 100));
        index.putBundle(CatalogFixtures.bundle("odd", 270, "b", "far"));
        request.behavior.cart().add("a", 1, NOW);
        assertThat(value(Signal.LATEST_CONFIDENCE, "odd")).isZero();
    }

    @Test
    void shouldCountTheOwnPurchasesOfTheMemberBoughtLeast() {
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW));
        request.behavior.record(Events.item(EventType.PURCHASE, "a", NOW));
        request.behavior.record(Events.item(EventType.PURCHASE, "b", NOW - 60 * DAY));

        assertThat(value(Signal.OWN_REPEAT, "pair")).isCloseTo((float) Math.log(1.5), EXACT);
        assertThat(value(Signal.OWN_REPEAT, "triple")).isZero();
        assertThat(value(Signal.OWN_COUNT, "triple")).isCloseTo((float) Math.log(3 * 2) / 3, EXACT);
    }
}
