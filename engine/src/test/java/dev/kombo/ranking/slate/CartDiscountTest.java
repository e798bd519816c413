package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.sold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.Item;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.SlateGoal.Criterion;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.settings.SettingValues;
import org.junit.jupiter.api.Test;

/** A code on the cart, beside a pair of 20.00 and 10.00 for 27.00 that costs the shop 17.00. A jug costs 30.00. */
class CartDiscountTest {
    /** With weights of 0, every other offer is accepted. */
    private static final double TAKEN = 0.5;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private int[] discounts = {};

    CartDiscountTest() {
        index.putItem(new Item("cup", "cup", "cups", 2_000, "GBP", 1_200, Item.UNLIMITED));
        index.putItem(new Item("tea", "tea", "teas", 1_000, "GBP", 500, Item.UNLIMITED));
        index.putItem(new Item("jug", "jug", "jugs", 3_000, "GBP", 2_000, Item.UNLIMITED));
    }

    private void pair(PriceLimits limits, String... combinesWith) {
        Bundle pair = sold(CatalogFixtures.bundle("pair", 2_700, "cup", "tea"), false, combinesWith);
        index.putBundle(pair.part(pair.members(), 2_700, 3_000, Item.UNKNOWN, limits));
    }

    private void code(int basisPoints) {
        request.behavior.record(Events.discounted(EventType.VIEW, "jug", basisPoints, NOW));
    }

    private SlateRanker ranker() {
        return new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
    }

    private Exclusion why() {
        return ranker().why(request.build(), "pair");
    }

    private RankedBundle ranked(Criterion kind) {
        request.goal = new SlateGoal(
                kind,
                new ConversionModel(new float[ConversionFeature.count()], 1, 0),
                1,
                0,
                discounts,
                true,
                DiscountLimits.NONE);
        Slate slate = ranker().rank(request.build());
        assertThat(slate.bundles()).hasSize(1);
        return slate.bundles().get(0);
    }

    private double value(Criterion kind) {
        return ranked(kind).valueMinor() / TAKEN;
    }

    @Test
    void shouldValueABundleAtWhatTheCodeLeavesOfItsPrice() {
        pair(PriceLimits.NONE, "codes");
        assertThat(value(Criterion.REVENUE)).isCloseTo(2_700, within(1e-6));
        code(1_000);
        assertThat(value(Criterion.REVENUE)).isCloseTo(2_430, within(1e-6));
        assertThat(value(Criterion.MARGIN)).isCloseTo(2_430 - 1_700, within(1e-6));

        request.behavior.cart().add("cup", 1, NOW);
        assertThat(value(Criterion.REVENUE))
                .as("the cup would be bought anyway, by the code")
                .isCloseTo(2_430 - 1_800, within(1e-6));
        assertThat(value(Criterion.MARGIN)).isCloseTo(730 - (1_800 - 1_200), within(1e-6));
    }

    @Test
    void shouldKeepTheSmallestMarginAndTheCostBesideACode() {
        pair(new PriceLimits(PriceLimits.ANY_DISCOUNT, 730), "codes");
        code(1_000);
        assertThat(why()).as("24.30 for what costs 17.00").isNull();
        discounts = new int[] {1_000, 1_500};
        assertThat(ranked(Criterion.REVENUE).offered().priceMinor()).isEqualTo(2_700);
        request.goal = SlateGoal.relevance();

        pair(new PriceLimits(PriceLimits.ANY_DISCOUNT, 731), "codes");
        assertThat(why()).isEqualTo(Exclusion.BELOW_PRICE_LIMITS);
        code(0);
        assertThat(why()).isNull();

        pair(PriceLimits.NONE, "codes");
        code(3_703);
        assertThat(why()).as("17.00 is left").isNull();
        code(3_704);
        assertThat(why()).isEqualTo(Exclusion.BELOW_PRICE_LIMITS);
        code(10_000);
        assertThat(why()).as("nothing is left").isEqualTo(Exclusion.BELOW_PRICE_LIMITS);
    }

    @Test
    void shouldNotOfferWhatTheCodeBeatsWhereTheTwoDoNotCombine() {
        pair(PriceLimits.NONE, "nothing");
        code(999);
        assertThat(why()).as("the code would save 2.99 on the pair").isNull();
        code(1_000);
        assertThat(why()).isEqualTo(Exclusion.CODE_SAVES_MORE);
        code(500);
        assertThat(why()).isNull();
        request.behavior.cart().add("jug", 1, NOW);
        assertThat(why()).as("3.00 on jug and pair").isEqualTo(Exclusion.CODE_SAVES_MORE);
        code(400);
        assertThat(why()).isNull();
        assertThat(value(Criterion.REVENUE))
                .as("27.00, and the 1.20 that the code would take off the jug")
                .isCloseTo(2_700 + 120, within(1e-6));
        assertThat(value(Criterion.MARGIN)).isCloseTo(1_000 + 120, within(1e-6));

        request.behavior.record(Events.item(EventType.PURCHASE, "jug", NOW));
        assertThat(request.behavior.cart().discountBasisPoints())
                .as("a purchase ends the code")
                .isZero();
    }

    @Test
    void shouldNotCountACodeWhereTheBundleDoesNotSayWhatItCombinesWith() {
        pair(PriceLimits.NONE);
        code(5_000);
        assertThat(why()).isNull();
        assertThat(value(Criterion.REVENUE)).isCloseTo(2_700, within(1e-6));
    }
}
