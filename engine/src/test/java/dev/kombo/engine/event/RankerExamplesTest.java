package dev.kombo.engine.event;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.Entity;
import dev.kombo.learning.network.NetworkExample;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.OpenOrder;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which choices count in the contest of rankers, and as what. */
class RankerExamplesTest {
    private static final long WINDOW = 7 * 86_400_000L;
    private static final int BUNDLES = 30;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests shopper = new Requests();
    private final Rankers rankers = Rankers.prior(NetworkShape.Architecture.LINEAR, 1);

    RankerExamplesTest() {
        // The higher the number of a bundle, the more popular.
        for (int i = 0; i < BUNDLES; i++) {
            index.putItem(CatalogFixtures.item("a" + i, 100));
            index.putItem(CatalogFixtures.item("b" + i, 100));
            index.putBundle(CatalogFixtures.bundle("x" + i, 180, "a" + i, "b" + i));
            index.putModel(CatalogFixtures.model(Entity.ofBundle("x" + i), 1 + 10 * i));
        }
        index.refresh();
    }

    private RankerExample bought(String bundle) {
        RankerExamples examples = new RankerExamples(
                index,
                new SlateRanker(index, RankingSettings.of(SettingValues.defaults())),
                TrainingSettings.of(SettingValues.defaults()
                        .with(TrainingSettings.SAMPLING_RATE, 1.0)
                        .with(TrainingSettings.NEGATIVES, 3)),
                WINDOW);
        List<RankerExample> made = new ArrayList<>();
        examples.observe(
                shopper.behavior,
                Events.bundle(EventType.PURCHASE, bundle, NOW),
                rankers,
                example -> made.add(example));
        assertThat(made).hasSize(1);
        return made.get(0);
    }

    private void shown(String bundle, long time) {
        shopper.behavior.exposures().addWithin(StableHash.of(Entity.ofBundle(bundle)), time, WINDOW);
    }

    @Test
    void shouldWeighEachChoiceTheSameUnlessAnotherWeightIsGiven() {
        RankerExample example = bought("x0");

        assertThat(example.group()).extracting(NetworkExample::weight).containsOnly(1f);
        assertThat(example.weighing(0.25f).group())
                .extracting(NetworkExample::weight)
                .containsOnly(0.25f);
    }

    @Test
    void shouldRankTheChoiceAmongAllCandidatesOfAShopperWhoWasShownNothing() {
        byte[] ranks = bought("x" + (BUNDLES - 5)).ranks();
        assertThat(ranks).hasSize(Contestant.count());
        assertThat(ranks[Contestant.POPULARITY.ordinal()])
                .as("fifth of all, not of those drawn")
                .isEqualTo((byte) 5);
        assertThat(ranks[Contestant.OVERLAP.ordinal()])
                .as("all tie: the basket is empty")
                .isEqualTo((byte) (1 + (BUNDLES - 1) / 2));
    }

    @Test
    void shouldNotCountAChoiceAfterAnOfferUntilTheWindowOfAttributionIsOver() {
        shown("x3", NOW - WINDOW + 1);
        RankerExample example = bought("x7");
        assertThat(example.ranks()).as("another bundle was offered").isEmpty();
        assertThat(example.size()).as("it is learned from all the same").isEqualTo(4);

        shopper.behavior = new Requests().behavior;
        shown("x7", NOW - WINDOW);
        assertThat(bought("x7").ranks()).as("the window is over").hasSize(Contestant.count());

        shown("x9", NOW - 1);
        assertThat(bought("x7").ranks()).as("any offer in the window").isEmpty();
    }

    @Test
    void shouldCompareTheChoiceWithOneOfTheBestAndTellHowMuchOftenerSuchAreDrawn() {
        for (int i = 0; i < 90; i++) {
            index.putItem(CatalogFixtures.item("c" + i, 100));
            index.putItem(CatalogFixtures.item("d" + i, 100));
            index.putBundle(CatalogFixtures.bundle("y" + i, 180, "c" + i, "d" + i));
            index.putModel(CatalogFixtures.model(Entity.ofBundle("y" + i), 1 + 10 * (BUNDLES + i)));
        }
        index.refresh();
        float oftener = (float) -Math.log1p(1.0 / 100 * (BUNDLES + 90) / 2);

        RankerExample popular = bought("y89");
        assertThat(popular.offsets()).hasSize(4);
        assertThat(popular.offsets()[0]).as("it is one of the best itself").isCloseTo(oftener, within(0.01f));
        assertThat(popular.offsets()[3]).as("drawn from the best 100").isEqualTo(popular.offsets()[0]);
        assertThat(popular.group().get(3).label()).isZero();
        assertThat(popular.signals().get(3))
                .as("not what was chosen")
                .isNotEqualTo(popular.signals().get(0));
        assertThat(popular.group().get(3).randomWeight())
                .as("as rare as among bundles drawn at random")
                .isCloseTo(Math.exp(popular.offsets()[3]), within(1e-6));

        assertThat(bought("x0").offsets()[0])
                .as("the least popular is none of the best")
                .isZero();
    }

    @Test
    void shouldTellTheOccasionAsOfBeforeTheChoice() {
        assertThat(bought("x1").occasion()).isEqualTo(Occasion.EMPTY_BASKET);
        shopper.behavior.cart().add("a2", 1, NOW);
        assertThat(bought("x1").occasion()).isEqualTo(Occasion.BASKET);
        shopper.behavior = new Requests().behavior;
        shopper.behavior.order(new OpenOrder("o1", NOW));
        assertThat(bought("x1").occasion()).isEqualTo(Occasion.BASKET);
    }
}
