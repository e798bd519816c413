package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.ReleasedRankers;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.serde.Doubles;
import dev.kombo.serde.Floats;
import dev.kombo.serde.RankerMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Strategy and ranker change while the engine runs. */
class StrategyTest {
    private static final NetworkShape SHAPE = Ranker.shape(NetworkShape.Architecture.DENSE);

    private static final long START = EngineDriver.START.toEpochMilli();

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private int events;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.INTERVAL.name(), "0"));
        for (String item : List.of("a", "b", "c", "d")) {
            engine.item(item, 1000);
        }
        engine.bundle("ab", 1700, "a", "b");
        engine.bundle("cd", 1700, "c", "d");
    }

    @Test
    void shouldMoveNobodyWhenTheSharesChange() {
        publish(strategy(1, "shares", arm("control", ArmKind.HOLDOUT, 1.0), arm("offers", ArmKind.TREATMENT, 0.0)));
        view("early", "a");
        assertThat(engine.offers()).isEmpty();

        publish(strategy(2, "shares", arm("control", ArmKind.HOLDOUT, 0.0), arm("offers", ArmKind.TREATMENT, 1.0)));
        view("early", "a");
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.shopper("u:early").enrollment().arm()).isEqualTo("control");
        view("late", "a");
        assertThat(engine.offers()).singleElement().satisfies(offer -> {
            assertThat(offer.getArm()).isEqualTo("offers");
            assertThat(offer.getStrategyVersion()).isEqualTo(2);
        });
        assertThat(engine.outcomes(OutcomeKind.ENTERED)).hasSize(2);
    }

    @Test
    void shouldEnterEverybodyAnewWhenTheExperimentChanges() {
        publish(strategy(1, "first", arm("offers", ArmKind.TREATMENT, 1.0)));
        view("user", "a");
        publish(strategy(2, "second", arm("offers", ArmKind.TREATMENT, 1.0)));
        view("user", "a");
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(outcome -> outcome.getExperiment())
                .containsExactly("first", "second");
    }

    @Test
    void shouldKeepTheRunningStrategyWhenANewOneIsInvalid() {
        publish(strategy(1, "good", arm("offers", ArmKind.TREATMENT, 1.0)));
        publish(strategy(2, "bad", arm("offers", ArmKind.TREATMENT, 0.7)));
        assertThat(engine.counters.get(KomboMetric.STRATEGY_REFUSED)).isEqualTo(1);
        view("user", "a");
        assertThat(engine.offers()).extracting(BundleOffer::getExperiment).containsExactly("good");
    }

    @Test
    void shouldReturnToTheStandardStrategyWhenItsRecordIsRemoved() {
        publish(strategy(1, "good", arm("offers", ArmKind.TREATMENT, 1.0)));
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class).pipeInput("default", (Strategy) null);
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("kombo-default");
    }

    @Test
    void shouldKeepTheRunningStrategyWhenARecordIsRemovedThatIsNotInForce() {
        publish(strategy(1, "good", arm("offers", ArmKind.TREATMENT, 1.0)));
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class).pipeInput("old", (Strategy) null);
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("good");
    }

    @Test
    void shouldOfferNothingAndEnterNobodyBeforeTheStartAndFromTheEnd() {
        publish(Strategy.newBuilder(strategy(1, "short", arm("offers", ArmKind.TREATMENT, 1.0)))
                .setStartsAt(START + 2_000)
                .setEndsAt(START + 3_000)
                .build());
        view("early", "a");
        assertThat(engine.shopper("u:early").enrollment()).isNull();
        view("on-time", "a");
        view("late", "a");
        assertThat(engine.offers()).extracting(BundleOffer::getUserId).containsExactly("on-time");
        assertThat(engine.counters.get(KomboMetric.OFFERS_EMPTY, "no-strategy")).isEqualTo(2);
        view("on-time", "a");
        assertThat(engine.offers()).as("who is in gets nothing after the end").isEmpty();
        assertThat(engine.shopper("u:on-time").enrollment().experiment()).isEqualTo("short");
        assertThat(engine.outcomes(OutcomeKind.ENTERED)).hasSize(1);
    }

    /**
     * Up to the ranking nothing depends on the arm: neither when somebody enters, nor what holds the next offer back.
     */
    @Test
    void shouldJudgeAllArmsAlike() {
        publish(strategy(
                1,
                "alike",
                arm("none", ArmKind.HOLDOUT, 0.3),
                arm("popular", ArmKind.BASELINE, 0.3),
                arm("ranked", ArmKind.TREATMENT, 0.4)));
        for (String arm : List.of("none", "popular", "ranked")) {
            String user = engine.userOf(arm);
            engine.send(EngineDriver.event(arm + "-before", user, EventType.REMOVE_FROM_CART, Duration.ofSeconds(1))
                    .setItemId("a"));
            assertThat(engine.shopper("u:" + user).enrollment()).isNull();
            // Nothing of the catalogue can be offered to who has all of it in the basket.
            for (String item : List.of("a", "b", "c", "d")) {
                engine.send(EngineDriver.event(arm + "-" + item, user, EventType.ADD_TO_CART, Duration.ofSeconds(2))
                        .setItemId(item));
            }
            assertThat(engine.shopper("u:" + user).enrollment().enteredAt()).isEqualTo(START + 2_000);
            assertThat(engine.shopper("u:" + user).behavior().lastOfferAt())
                    .isEqualTo(engine.shopper("u:" + engine.userOf("none"))
                            .behavior()
                            .lastOfferAt());
        }
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(
                        entered -> entered.getArm(), entered -> entered.getEventId(), entered -> entered.getEventTime())
                .containsExactly(
                        tuple("none", "none-a", START + 2_000),
                        tuple("popular", "popular-a", START + 2_000),
                        tuple("ranked", "ranked-a", START + 2_000));
    }

    @Test
    void shouldNotOfferWhenTheStoredArmIsGone() {
        publish(strategy(1, "arms", arm("old", ArmKind.TREATMENT, 1.0)));
        view("user", "a");
        engine.offers();
        publish(strategy(2, "arms", arm("new", ArmKind.TREATMENT, 1.0)));
        view("user", "a");
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.counters.get(KomboMetric.OFFERS_EMPTY, "arm-gone")).isEqualTo(1);
    }

    @Test
    void shouldRankByPopularityInTheBaselineAndByTheRankerInTheTreatment() {
        publish(strategy(1, "kinds", arm("popular", ArmKind.BASELINE, 1.0)));
        for (int i = 0; i < 30; i++) {
            view("crowd-" + i, "c");
        }
        engine.advance(Duration.ofSeconds(1));
        engine.offers();
        engine.send(EngineDriver.event("cart", "judge", EventType.ADD_TO_CART, Duration.ofMinutes(1))
                .setItemId("a"));
        assertThat(first()).isEqualTo("cd");

        publish(strategy(2, "kinds-2", arm("offers", ArmKind.TREATMENT, 1.0)));
        float[] weights = new float[SHAPE.weights()];
        weights[Signal.TRIGGER.ordinal()] = 1f;
        publish(ranker(7, weights));
        engine.send(EngineDriver.event("view", "judge", EventType.VIEW, Duration.ofMinutes(2))
                .setItemId("a"));
        assertThat(first()).isEqualTo("ab");
    }

    @Test
    void shouldRankByANewRankerAndNameItsVersion() {
        publish(strategy(1, "ranker", arm("offers", ArmKind.TREATMENT, 1.0)));
        view("one", "a");
        assertThat(engine.offers()).extracting(BundleOffer::getModelVersion).containsExactly(0L);
        float[] against = new float[SHAPE.weights()];
        against[Signal.TRIGGER.ordinal()] = -5f;
        publish(ranker(12, against));
        view("two", "a");
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getModelVersion()).isEqualTo(12);
        assertThat(offer.getBundles().get(0).getBundleId()).isEqualTo("cd");
    }

    @Test
    void shouldTakeARankerOfVersion02() {
        float[] weights = new float[SHAPE.weights()];
        weights[Signal.TRIGGER.ordinal()] = -5f;
        publish(RankerMapper.toAvro(ReleasedRankers.of(RankerMapper.published(ranker(12, weights)), SHAPE)));
        assertThat(engine.counters.get(KomboMetric.RANKER_REFUSED)).isZero();
        assertThat(engine.models.rankers().network().version()).isEqualTo(12);
        assertThat(engine.models.rankers().network().weights()[Signal.TRIGGER.ordinal()])
                .isEqualTo(-5f);
    }

    @Test
    void shouldKeepTheRankerInForceWhenAnotherHasAnotherShape() {
        publish(ranker(4, new float[Signal.count()]));
        publish(RankerModel.newBuilder(ranker(5, new float[SHAPE.weights()]))
                .setKind("RECURRENT")
                .build());
        publish(RankerModel.newBuilder(ranker(6, new float[SHAPE.weights()]))
                .setHidden(32)
                .build());
        publish(RankerModel.newBuilder(ranker(7, new float[SHAPE.weights()]))
                .setCalibrationSlope(0f)
                .build());
        assertThat(engine.models.rankers().network().version()).isZero();
        assertThat(engine.counters.get(KomboMetric.RANKER_REFUSED)).isEqualTo(4);
        publish(ranker(8, new float[SHAPE.weights()]));
        assertThat(engine.models.rankers().network().version()).isEqualTo(8);
    }

    @Test
    void shouldKeepTheRankerInForceWhenAnotherIsNotFinite() {
        float[] broken = new float[SHAPE.weights()];
        broken[2] = Float.NaN;
        publish(ranker(5, broken));
        assertThat(engine.models.rankers().network().version()).isZero();
        assertThat(engine.counters.get(KomboMetric.RANKER_REFUSED)).isEqualTo(1);
    }

    private String first() {
        List<BundleOffer> offers = engine.offers();
        return offers.get(offers.size() - 1).getBundles().get(0).getBundleId();
    }

    private void view(String user, String item) {
        events++;
        engine.send(EngineDriver.event("e" + events, user, EventType.VIEW, Duration.ofSeconds(events))
                .setItemId(item));
    }

    private void publish(Strategy strategy) {
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class).pipeInput("default", strategy);
    }

    private void publish(RankerModel model) {
        engine.input(engine.topics.name(Topic.RANKER_MODEL), RankerModel.class).pipeInput(RankerNames.RELEVANCE, model);
    }

    private static RankerModel ranker(long version, float[] weights) {
        return RankerModel.newBuilder()
                .setName(RankerNames.RELEVANCE)
                .setVersion(version)
                .setKind(SHAPE.kind().name())
                .setContext(SHAPE.context())
                .setHidden(SHAPE.hidden())
                .setSteps(SHAPE.steps())
                .setStepFeatures(SHAPE.stepFeatures())
                .setSignals(List.of(Signal.labels()))
                .setWeights(Floats.toBuffer(weights))
                .setExamples(1)
                .setLogLoss(0.5)
                .setContest(
                        Doubles.toBuffer(WrittenModels.wonBy(Contestant.DEEP).values()))
                .setTrainedAt(START)
                .build();
    }

    private static StrategyArm arm(String name, ArmKind kind, double share) {
        return StrategyArms.of(name, kind, share);
    }

    private static Strategy strategy(long version, String salt, StrategyArm... arms) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt(salt)
                .setArms(List.of(arms))
                .build();
    }
}
