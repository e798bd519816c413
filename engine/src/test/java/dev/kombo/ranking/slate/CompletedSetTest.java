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
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.entity.Item.Suitability;
import dev.kombo.learning.Logistic;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.rules.Exclusion;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A set of a pan of 40.00, two lids of 10.00 each and a spoon of 20.00, for 60.00 instead of 80.00. */
class CompletedSetTest {
    private static final long YEAR = 365 * 86_400_000L;

    private final WritableCatalogIndex index =
            new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults().with(IndexSettings.PRIOR_PRICE, true)));
    private final Requests request = new Requests();

    CompletedSetTest() {
        item("pan", 4_000, 2_500, Suitability.ONCE);
        item("lid", 1_000, 300, Suitability.ONCE);
        item("spoon", 2_000, 600, Suitability.ONCE);
        set(true, PriceLimits.NONE);
    }

    private void item(String id, long priceMinor, long costMinor, Suitability suitability) {
        index.putItem(new Item(
                id,
                id,
                id,
                priceMinor,
                "GBP",
                costMinor,
                Item.UNLIMITED,
                Map.of(),
                0,
                null,
                null,
                Item.UNKNOWN,
                suitability));
    }

    private void set(boolean completable, PriceLimits limits) {
        List<BundleMember> members =
                List.of(new BundleMember("pan", 1), new BundleMember("lid", 2), new BundleMember("spoon", 1));
        Bundle set = sold(CatalogFixtures.bundle("set", 6_000, members), completable);
        index.putBundle(set.part(set.members(), 6_000, 8_000, Item.UNKNOWN, limits));
    }

    private void inCart(String item, int quantity) {
        request.behavior.cart().add(item, quantity, NOW);
    }

    private void bought(String item) {
        request.behavior.record(Events.item(EventType.PURCHASE, item, NOW - YEAR));
    }

    private RankedBundle offered() {
        List<RankedBundle> bundles = ranker().rank(request.build()).bundles();
        assertThat(bundles).hasSize(1);
        return bundles.get(0);
    }

    private SlateRanker ranker() {
        return new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
    }

    private static List<BundleMember> members(RankedBundle ranked) {
        return ranked.entry().bundle().members();
    }

    private static List<String> reasons(RankedBundle ranked) {
        return ranked.entry().conditions().reasons();
    }

    @Test
    void shouldChargeWhatTheCartLeavesOfTheSet() {
        inCart("pan", 1);
        inCart("lid", 1);

        RankedBundle rest = offered();
        assertThat(members(rest)).containsExactly(new BundleMember("lid", 1), new BundleMember("spoon", 1));
        assertThat(rest.offered().priceMinor())
                .as("the order costs 60.00 with 50.00 in the cart")
                .isEqualTo(1_000);
        assertThat(rest.entry().listPriceMinor()).isEqualTo(3_000);
        assertThat(reasons(rest)).containsExactly("completes:lid|pan");
        assertThat(rest.offered().price().memberPrices()).containsExactly(333, 667);
    }

    @Test
    void shouldChargeWhatTheRestCostsInTheSetWhereSomeIsOwned() {
        bought("pan");

        RankedBundle rest = offered();
        assertThat(members(rest)).containsExactly(new BundleMember("lid", 2), new BundleMember("spoon", 1));
        assertThat(rest.offered().priceMinor())
                .as("the pan costs 30.00 in the set")
                .isEqualTo(3_000);
        assertThat(reasons(rest)).containsExactly("completes:pan");

        inCart("spoon", 1);
        assertThat(offered().offered().priceMinor())
                .as("lids for 10.00 instead of 20.00")
                .isEqualTo(1_000);
    }

    @Test
    void shouldTellTheSavingOnTheRestAgainstWhatIsLeftOfTheEarlierPrice() {
        Bundle set = index.bundle("set").bundle();
        index.changedAt(NOW - 1);
        index.putBundle(set.part(set.members(), 5_700, 8_000, Item.UNKNOWN, PriceLimits.NONE));
        bought("pan");

        RankedBundle rest = offered();
        assertThat(rest.offered().priceMinor()).isEqualTo(2_850);
        assertThat(rest.offered().price().statedSavingMinor())
                .as("the set was 60.00, and 28.50 less is 31.50")
                .isEqualTo(300);
    }

    @Test
    void shouldCompleteWhatIsHeldWhoeverSoldIt() {
        request.behavior =
                new Behavior(ProfileLimits.of(SettingValues.defaults().with(ProfileLimits.HOLDINGS, true)));
        request.behavior.record(Events.item(EventType.PURCHASE, "pan", NOW - 9 * YEAR));
        assertThat(members(offered())).extracting(BundleMember::itemId).containsExactly("lid", "spoon");

        set(false, PriceLimits.NONE);
        assertThat(ranker().why(request.build(), "set")).isEqualTo(Exclusion.HELD);
    }

    @Test
    void shouldOfferTheWholeSetWhereItIsNotToBeCompleted() {
        set(false, PriceLimits.NONE);
        inCart("pan", 1);
        assertThat(members(offered())).hasSize(3);
        assertThat(offered().entry().conditions()).isNull();
    }

    @Test
    void shouldOfferTheWholeSetWhereWhatWasBoughtIsBoughtAgainAndAgain() {
        item("pan", 4_000, 2_500, new Suitability(true, Set.of(), 0, Integer.MAX_VALUE, Set.of()));
        bought("pan");
        assertThat(members(offered())).hasSize(3);
    }

    @Test
    void shouldNotOfferASetOfWhichNothingIsMissing() {
        bought("pan");
        bought("lid");
        assertThat(members(offered())).extracting(BundleMember::itemId).containsExactly("spoon");
        inCart("spoon", 1);
        assertThat(ranker().why(request.build(), "set")).isEqualTo(Exclusion.BOUGHT_ONCE);
    }

    @Test
    void shouldNotOfferWhatIsOwnedHoweverManySetsHaveIt() {
        for (int i = 0; i < 12; i++) {
            item("tool-" + i, 1_000, 300, Suitability.ONCE);
            Bundle other = CatalogFixtures.bundle("set-" + i, 4_000, "pan", "tool-" + i);
            index.putBundle(sold(other, true));
        }
        bought("pan");
        request.size = 13;
        SettingValues settings = SettingValues.defaults().with(RuleSettings.REPURCHASE_MIN, 0.0);
        List<RankedBundle> offered = new SlateRanker(index, RankingSettings.of(settings))
                .rank(request.build())
                .bundles();
        assertThat(offered).hasSize(8);
        assertThat(offered)
                .allSatisfy(ranked -> assertThat(members(ranked))
                        .extracting(BundleMember::itemId)
                        .doesNotContain("pan"));
    }

    @Test
    void shouldSayThatThePartWouldCostLessThanNothing() {
        item("pan", 7_000, 2_500, Suitability.ONCE);
        bought("lid");
        inCart("pan", 1);
        assertThat(ranker().why(request.build(), "set"))
                .as("60.00 for the set with a pan of 70.00 in the cart")
                .isEqualTo(Exclusion.BELOW_PRICE_LIMITS);
    }

    @Test
    void shouldKeepTheLimitsOfTheSetAndTheCostOfWhatIsMissing() {
        inCart("pan", 1);
        inCart("lid", 1);
        item("spoon", 2_000, 701, Suitability.ONCE);
        assertThat(members(offered())).as("10.00 for what costs 10.01").hasSize(3);
        item("spoon", 2_000, 700, Suitability.ONCE);
        assertThat(members(offered())).hasSize(2);

        set(true, new PriceLimits(6_000, Item.UNKNOWN));
        assertThat(members(offered())).as("20.00 off 30.00").hasSize(3);

        request.behavior = new Behavior(ProfileLimits.of(SettingValues.defaults()));
        bought("pan");
        set(true, new PriceLimits(PriceLimits.ANY_DISCOUNT, 1_701));
        assertThat(ranker().why(request.build(), "set"))
                .as("30.00 for what costs 13.00")
                .isEqualTo(Exclusion.BELOW_PRICE_LIMITS);
        set(true, new PriceLimits(PriceLimits.ANY_DISCOUNT, 1_700));
        assertThat(ranker().why(request.build(), "set")).isNull();
    }

    @Test
    void shouldTakeWhatIsInTheCartForWhatAMemberRequires() {
        item("lid", 1_000, 300, new Suitability(false, Set.of("pan"), 0, Integer.MAX_VALUE, Set.of()));
        inCart("pan", 1);
        assertThat(members(offered())).hasSize(2);
    }

    @Test
    void shouldValueWhatIsMissingAlone() {
        float[] weights = new float[ConversionFeature.count()];
        request.goal = new SlateGoal(
                SlateGoal.Criterion.MARGIN,
                new ConversionModel(weights, 1, 0),
                1,
                0,
                new int[0],
                false,
                DiscountLimits.NONE);
        bought("pan");
        assertThat(offered().valueMinor())
                .as("30.00 for what costs 12.00")
                .isCloseTo((3_000 - 1_200) * Logistic.sigmoid(0), within(1e-6));
    }
}
