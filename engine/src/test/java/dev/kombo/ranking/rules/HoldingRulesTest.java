package dev.kombo.ranking.rules;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.entity.Item.Suitability;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bank's rules; offers are made in 2023. */
class HoldingRulesTest {
    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private final RuleSettings rules = RuleSettings.of(SettingValues.defaults().with(RuleSettings.COOL_DOWN, 0L));

    @BeforeEach
    void fillCatalogue() {
        request.behavior =
                new Behavior(ProfileLimits.of(SettingValues.defaults().with(ProfileLimits.HOLDINGS, true)));
        product("account", Suitability.ONCE);
        product("card", Suitability.ONCE);
        index.putBundle(priceless("card", "card"));
        index.putBundle(priceless("package", "account", "card"));
    }

    private void product(String id, Suitability suitability) {
        product(id, Item.UNKNOWN, suitability);
    }

    private void product(String id, long marginMinor, Suitability suitability) {
        index.putItem(new Item(
                id,
                id,
                null,
                Item.UNKNOWN,
                null,
                Item.UNKNOWN,
                Item.UNLIMITED,
                Map.of(),
                0,
                null,
                null,
                marginMinor,
                suitability));
    }

    private static Bundle priceless(String id, String... items) {
        Bundle priced = CatalogFixtures.bundle(id, 0, items);
        return new Bundle(id, id, priced.members(), 0, 0, Bundle.NO_CURRENCY, Bundle.Origin.CURATED, 0);
    }

    private void buy(EventType type, String item, long time) {
        request.behavior.record(Events.item(type, item, 1, ShopperEvent.NO_PRICE, time));
    }

    private void expect(String bundle, Exclusion exclusion) {
        assertThat(new SlateRanker(index, Requests.settings(rules)).why(request.build(), bundle))
                .as(bundle)
                .isEqualTo(exclusion);
    }

    @Test
    void shouldOfferWhatHasNoPrice() {
        product("loan", Suitability.ONCE);
        index.putBundle(priceless("loan", "loan"));
        Slate slate = new SlateRanker(index, Requests.settings(rules)).rank(request.build());

        assertThat(slate.bundles())
                .hasSize(2)
                .allSatisfy(ranked -> assertThat(ranked.offered().priceMinor()).isZero());
    }

    @Test
    void shouldOrderByTheMarginsOfItemsWithoutPrices() {
        product("account", 10, Suitability.ONCE);
        product("card", 300, Suitability.ONCE);
        product("loan", 100, Suitability.ONCE);
        index.putBundle(priceless("account", "account"));
        index.putBundle(priceless("loan", "loan"));
        float[] weights = new float[ConversionFeature.count()];
        request.goal = new SlateGoal(
                SlateGoal.Criterion.MARGIN,
                new ConversionModel(weights, 1, 0),
                1,
                0,
                new int[] {1_000},
                true,
                DiscountLimits.NONE);
        Slate slate = new SlateRanker(index, Requests.settings(rules)).rank(request.build());

        assertThat(slate.bundles())
                .extracting(ranked -> ranked.entry().bundle().id())
                .as("a package says all that its products alone would say")
                .containsExactly("package", "loan");
        assertThat(slate.bundles().get(0).valueMinor()).isEqualTo(155);
        assertThat(slate.bundles().get(0).offered().priceMinor()).isZero();

        product("card", Suitability.ONCE);
        assertThat(new SlateRanker(index, Requests.settings(rules))
                        .rank(request.build())
                        .bundles())
                .as("what earns nothing that is known is not worth offering")
                .extracting(ranked -> ranked.entry().bundle().id())
                .containsExactly("loan", "account");
    }

    @Test
    void shouldNotOfferWhatIsHeldUntilItIsGivenBack() {
        buy(EventType.PURCHASE, "account", NOW - 400 * 86_400_000L);
        expect("package", Exclusion.HELD);
        expect("card", null);
        buy(EventType.RETURN, "account", NOW - 86_400_000L);
        expect("package", null);
        buy(EventType.PURCHASE, "account", NOW - 2 * 86_400_000L);
        expect("package", null);
    }

    @Test
    void shouldOfferWhatIsHeldWhereItIsRepeatable() {
        product("account", new Suitability(true, Set.of(), 0, Integer.MAX_VALUE, Set.of()));
        buy(EventType.PURCHASE, "account", NOW - 1);
        expect("package", null);
        assertThat(HoldingRules.hold(request.behavior.holdings(), List.of(new BundleMember("account", 1)), index))
                .isFalse();
        buy(EventType.PURCHASE, "card", NOW - 1);
        assertThat(HoldingRules.hold(request.behavior.holdings(), List.of(new BundleMember("card", 1)), index))
                .isTrue();
    }

    @Test
    void shouldAskForOneOfTheItemsThatAMemberNeeds() {
        product("card", new Suitability(false, Set.of("account", "savings"), 0, Integer.MAX_VALUE, Set.of()));
        expect("card", Exclusion.REQUIRED_NOT_HELD);
        expect("package", null);
        buy(EventType.PURCHASE, "savings", NOW - 1);
        expect("card", null);
        assertThat(index.bundle("card").conditions().reasons()).containsExactly("requires:account|savings");
        buy(EventType.RETURN, "savings", NOW);
        expect("card", Exclusion.REQUIRED_NOT_HELD);
    }

    @Test
    void shouldAskForAnAgeThatIsSurelyReached() {
        product("card", new Suitability(false, Set.of(), 18, 65, Set.of()));
        expect("card", Exclusion.OUTSIDE_AGE);
        request.segments = Set.of("born=2004");
        expect("card", null);
        request.segments = Set.of("other", "born=2005");
        expect("card", Exclusion.OUTSIDE_AGE);
        request.segments = Set.of("born=1958");
        expect("card", null);
        request.segments = Set.of("born=1957");
        expect("card", Exclusion.OUTSIDE_AGE);
        request.segments = Set.of("born=19x0");
        expect("card", Exclusion.OUTSIDE_AGE);
        assertThat(index.bundle("package").conditions().reasons()).containsExactly("age:18-65");
    }

    @Test
    void shouldNotTakeAMistakeForAnAge() {
        product("card", new Suitability(false, Set.of(), 18, Integer.MAX_VALUE, Set.of()));
        for (String born : new String[] {"born=19x0", "born=x984", "born=0000", "born=1899", "born=198", "born=2990"}) {
            request.segments = Set.of(born);
            expect("card", Exclusion.OUTSIDE_AGE);
        }
    }

    @Test
    void shouldAskForTheSegmentsOfEveryMember() {
        product("card", new Suitability(false, Set.of(), 0, Integer.MAX_VALUE, Set.of("premium", "private")));
        product("account", new Suitability(false, Set.of(), 0, Integer.MAX_VALUE, Set.of("adult")));
        request.segments = Set.of("private");
        expect("card", null);
        expect("package", Exclusion.OTHER_SEGMENT);
        request.segments = Set.of("premium", "adult");
        expect("package", null);
    }

    @Test
    void shouldFollowAMemberWhoseConditionsChange() {
        product("card", new Suitability(false, Set.of(), 0, Integer.MAX_VALUE, Set.of("premium")));
        expect("package", Exclusion.OTHER_SEGMENT);
        product("card", Suitability.ONCE);
        expect("package", null);
        assertThat(index.bundle("package").conditions()).isNull();
    }
}
