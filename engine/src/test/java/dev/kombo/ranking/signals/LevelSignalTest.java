package dev.kombo.ranking.signals;

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
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.CustomerLevels;
import dev.kombo.profile.Events;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much likelier customers of the north take tea and cups: the signal of the bundle of both, and of pots. */
class LevelSignalTest {
    private static final double TEA = Math.log((60 + 20 * 0.5) / (100 * 0.5));
    private static final double CUPS = Math.log((10 + 20 * 0.5) / (100 * 0.5));

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();

    LevelSignalTest() {
        index.putModel(taken(Entity.ALL, 200, 100));
        for (String item : List.of("tea", "cup", "pot")) {
            index.putItem(CatalogFixtures.item(item, 100));
        }
        index.putModel(taken("i:tea", 80, 60));
        index.putModel(taken("i:cup", 80, 10));
        index.putModel(taken("i:pot", 80, 40));
        index.putBundle(CatalogFixtures.bundle("both", 180, "tea", "cup"));
        index.putBundle(CatalogFixtures.bundle("pots", 180, "pot", "pot"));
        request.behavior =
                new Behavior(ProfileLimits.of(SettingValues.defaults().with(CustomerLevels.NAMES, Set.of("region"))));
    }

    private static EntityModel taken(String entity, double customers, float north) {
        long level = PartnerTable.partnerOf(StableHash.of("region=north"));
        return new EntityModel(
                entity,
                new float[0],
                1,
                1,
                CatalogFixtures.NOW,
                1,
                1,
                Item.UNKNOWN,
                null,
                List.of(),
                EngagementCounts.NONE,
                0,
                0,
                0,
                RepurchaseCounts.NONE,
                new LevelCounts(customers, new long[] {level}, new float[] {north}));
    }

    private void comeFromTheNorth() {
        request.behavior.levels().record(Events.saying(Map.of("region", "North")));
    }

    private ScoredCandidates scored() {
        RankingSettings settings = RankingSettings.of(SettingValues.defaults());
        return new SlateRanker(index, settings).score(request.build(), List.of("both", "pots"));
    }

    private double signal(String bundle) {
        ScoredCandidates scored = scored();
        return scored.value(Signal.LEVEL_LIFT, scored.indexOf(StableHash.of(Entity.ofBundle(bundle))));
    }

    @Test
    void shouldBeTheMeanLogLiftOfWhatIsMissing() {
        comeFromTheNorth();
        assertThat(signal("both")).isCloseTo((TEA + CUPS) / 2, within(1e-6));
        assertThat(signal("pots")).isCloseTo(0, within(1e-6));
        request.behavior.cart().add("cup", 1, CatalogFixtures.NOW);
        assertThat(signal("both")).isCloseTo(TEA, within(1e-6));
    }

    @Test
    void shouldChangeNoScoreWhenNothingIsKnownOfTheCustomer() {
        ScoredCandidates with = scored();
        float[] scores = {with.score(0), with.score(1)};
        assertThat(with.value(Signal.LEVEL_LIFT, 0)).isZero();
        request.weights[Signal.LEVEL_LIFT.ordinal()] = 0f;
        ScoredCandidates without = scored();
        assertThat(new float[] {without.score(0), without.score(1)}).isEqualTo(scores);
    }

    @Test
    void shouldReadNoAttributeWhenADiscountIsChosen() {
        comeFromTheNorth();
        request.goal = new SlateGoal(
                SlateGoal.Criterion.RELEVANCE, null, Double.NaN, 0, new int[] {0, 500}, true, DiscountLimits.NONE);
        assertThat(signal("both")).isZero();
    }
}
