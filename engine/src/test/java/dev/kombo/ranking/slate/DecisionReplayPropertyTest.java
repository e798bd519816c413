package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Entity;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.settings.SettingValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Replays decisions of random goals over a random catalogue. */
class DecisionReplayPropertyTest {
    private static final int ITEMS = 20;
    private static final int BUNDLES = 25;
    private static final DecisionReplay.Worth NOTHING = (considered, rank, price) -> 0;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private boolean curatedOnly;
    private double oddsMin;

    private SlateRanker drawShop(Random random, int rerank) {
        for (int i = 0; i < ITEMS; i++) {
            long price = 100L + random.nextInt(900);
            long cost = random.nextBoolean() ? Item.UNKNOWN : random.nextInt(600);
            long stock = random.nextBoolean() ? 5 + random.nextInt(50) : Item.UNLIMITED;
            index.putItem(new Item("i" + i, "i" + i, "c" + i % 3, price, "GBP", cost, stock));
            float[] vector = {(float) random.nextGaussian(), (float) random.nextGaussian()};
            index.putModel(CatalogFixtures.model(
                    Entity.ofItem("i" + i), random.nextInt(50), NOW - random.nextLong(1_000_000), List.of(), vector));
        }
        for (int b = 0; b < BUNDLES; b++) {
            int first = random.nextInt(ITEMS);
            Bundle bundle = CatalogFixtures.bundle(
                    "b" + b, 150L + random.nextInt(1_500), "i" + first, "i" + (first + 1 + b % 7) % ITEMS);
            index.putBundle(curatedOnly || random.nextBoolean() ? bundle : CatalogFixtures.mined(bundle));
        }
        for (int i = 0; i < 6; i++) {
            EventType type = random.nextBoolean() ? EventType.PURCHASE : EventType.ADD_TO_CART;
            request.behavior.record(Events.item(type, "i" + random.nextInt(ITEMS), 1, 200, NOW - 1_000L * i));
        }
        request.size = 1 + random.nextInt(4);
        oddsMin = random.nextBoolean() ? 0 : random.nextDouble();
        RankingSettings usual = RankingSettings.of(SettingValues.defaults());
        return new SlateRanker(
                index,
                new RankingSettings(
                        usual.candidates(),
                        usual.fullScan(),
                        rerank,
                        usual.mmrLambda(),
                        oddsMin,
                        usual.organicHorizonMillis(),
                        usual.rules()));
    }

    private static SlateGoal drawGoal(Random random, double temperature) {
        SlateGoal.Criterion[] kinds = SlateGoal.Criterion.values();
        return new SlateGoal(
                kinds[random.nextInt(kinds.length)],
                ConversionModel.prior(),
                temperature,
                0,
                random.nextBoolean() ? Double.NaN : 0.6,
                random.nextBoolean() ? 0 : 0.3,
                random.nextBoolean() ? new int[0] : new int[] {0, 1000, 2500},
                random.nextBoolean(),
                DiscountLimits.NONE);
    }

    /** A decision of a goal at an event, or null where nothing was worth offering. */
    private Decision decide(SlateRanker ranker, SlateGoal goal, long event) {
        request.goal = goal;
        request.eventHash = event;
        RankingRequest asked = request.build();
        Slate slate = ranker.rank(asked);
        return slate.bundles().isEmpty() ? null : ranker.decision(asked, slate, ConversionModel.prior());
    }

    @Property(tries = 300, seed = "1")
    void shouldFindThePropensitiesOfTheLogUnderTheGoalThatItWasLoggedWith(@ForAll long seed) {
        Random random = new Random(seed);
        SlateRanker ranker = drawShop(random, 2 + random.nextInt(30));
        SlateGoal goal = drawGoal(random, random.nextInt(3) == 0 ? 0 : random.nextDouble());

        Decision decision = decide(ranker, goal, random.nextLong());

        if (decision == null) {
            return;
        }
        List<DecisionReplay.Rank> ranks = new DecisionReplay(decision, goal, oddsMin).ranks(NOTHING);
        for (int r = 0; r < ranks.size(); r++) {
            assertThat(ranks.get(r).probability())
                    .isEqualTo(decision.choices().get(r).propensity());
            assertThat(ranks.get(r).unsupported()).isZero();
        }
    }

    @Property(tries = 300, seed = "5")
    void shouldNotSupportChoicesThatTheLoggedFloorLeftOut(@ForAll long seed) {
        Random random = new Random(seed);
        SlateRanker ranker = drawShop(random, BUNDLES);
        SlateGoal goal = drawGoal(random, 0.5);
        Decision decision = decide(ranker, goal, random.nextLong());
        if (decision == null) {
            return;
        }

        List<DecisionReplay.Rank> logged = new DecisionReplay(decision, goal, oddsMin).ranks(NOTHING);
        List<DecisionReplay.Rank> lower = new DecisionReplay(decision, goal, 0).ranks(NOTHING);

        double reached = 1;
        for (int r = 0; r < lower.size() && reached > 0; r++) {
            DecisionReplay.Rank rank = lower.get(r);
            // The same choices in the same proportions, and the rest has no support.
            assertThat(logged.get(r).probability() * (1 - rank.unsupported()))
                    .as("rank %d", r + 1)
                    .isCloseTo(rank.probability(), within(1e-9));
            reached = rank.probability();
        }
    }

    @Property(tries = 300, seed = "2")
    void shouldFindThePropensitiesThatTheCandidateItselfWouldHaveLogged(@ForAll long seed) {
        Random random = new Random(seed);
        // All candidates are considered, so that any goal may be replayed.
        SlateRanker ranker = drawShop(random, BUNDLES);
        SlateGoal logging = drawGoal(random, 0.5);
        SlateGoal candidate = drawGoal(random, 0.5);
        Decision logged = decide(ranker, logging, random.nextLong());
        Decision own = decide(ranker, candidate, random.nextLong());
        if (logged == null || own == null) {
            return;
        }

        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < logged.considered().size(); i++) {
            numbers.put(logged.considered().get(i).bundleId(), i);
        }
        Decision sameSlate = new Decision(
                logged.goal(),
                logged.conversionModel(),
                logged.setting(),
                logged.considered(),
                own.choices().stream()
                        .map(choice -> new Decision.Choice(
                                numbers.get(own.considered()
                                        .get(choice.considered())
                                        .bundleId()),
                                choice.propensity()))
                        .toList());
        List<DecisionReplay.Rank> ranks = new DecisionReplay(sameSlate, candidate, oddsMin).ranks(NOTHING);
        for (int r = 0; r < ranks.size(); r++) {
            DecisionReplay.Rank rank = ranks.get(r);
            if (rank.probability() == 0) {
                assertThat(rank.unsupported()).isPositive();
                return;
            }
            assertThat(rank.probability()).isCloseTo(own.choices().get(r).propensity(), within(1e-9));
            assertThat(rank.probability() + rank.unsupported()).isLessThanOrEqualTo(1 + 1e-9);
        }
    }

    @Property(tries = 100, seed = "3")
    void shouldSayThatAnotherPriceIsUnsupported(@ForAll long seed) {
        Random random = new Random(seed);
        // The price of a mined bundle may be the lowest already.
        curatedOnly = true;
        SlateRanker ranker = drawShop(random, BUNDLES);
        SlateGoal usual = new SlateGoal(
                SlateGoal.Criterion.REVENUE,
                ConversionModel.prior(),
                0.5,
                0,
                1,
                0,
                new int[0],
                true,
                DiscountLimits.NONE);
        SlateGoal cheaper = new SlateGoal(
                SlateGoal.Criterion.REVENUE,
                ConversionModel.prior(),
                0.5,
                0,
                1,
                0,
                new int[] {8_000},
                true,
                DiscountLimits.NONE);
        Decision decision = decide(ranker, usual, random.nextLong());
        if (decision == null) {
            return;
        }

        DecisionReplay.Rank top =
                new DecisionReplay(decision, cheaper, oddsMin).ranks(NOTHING).get(0);

        assertThat(top.probability()).isZero();
        assertThat(top.unsupported()).isCloseTo(1, within(1e-9));
    }

    @Property(tries = 100, seed = "4")
    void shouldExpectWhatItsDrawsAreWorth(@ForAll long seed) {
        Random random = new Random(seed);
        request.size = 1;
        SlateRanker ranker = drawShop(random, BUNDLES);
        request.size = 1;
        Decision decision = decide(ranker, drawGoal(random, 1), random.nextLong());
        if (decision == null) {
            return;
        }
        DecisionReplay replay = new DecisionReplay(decision, decision.goal(), oddsMin);
        DecisionReplay.Worth worth = (considered, rank, price) -> considered % 3;

        double exact = replay.ranks(worth).get(0).expected();

        // 2,000 draws of values from 0 to 2: a standard error of at most 0.0224.
        assertThat(replay.expected(2_000, seed, worth)).isCloseTo(exact, within(0.1));
    }
}
