package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.RankerExample;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.RankerTrainer;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainedRankers;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.schema.EventType;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.Floats;
import dev.kombo.serde.RankerMapper;
import dev.kombo.topology.task.StoreNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From what shoppers do by themselves to a ranker that ranks by it. */
class TrainerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int BATCH = 32;

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    private void open(String share, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(TrainingSettings.SAMPLING_RATE.name(), share);
        settings.put(TrainingSettings.PUBLISH_INTERVAL.name(), Long.toString(INTERVAL.toMillis()));
        engine = shop.empty(settings);
        for (String item : List.of("a", "b", "c", "d")) {
            engine.item(item, 1000);
        }
        engine.bundle("ab", 1700, "a", "b");
        engine.bundle("cd", 1700, "c", "d");
        engine.bundle("bd", 1700, "b", "d");
    }

    @Test
    void shouldMoveWeightsTowardsTheLabelsAndPublishOnceAnInterval() {
        open("0", Map.of());
        float[] before = engine.models.rankers().network().weights();
        for (int i = 0; i < 2 * BATCH; i++) {
            boolean wanted = i % 2 == 0;
            float[] signals = new float[Signal.count()];
            signals[Signal.DISCOUNT.ordinal()] = wanted ? 1 : -1;
            signals[Signal.FRESHNESS.ordinal()] = wanted ? -1 : 1;
            learn(signals, wanted ? 1 : 0);
        }
        assertThat(models()).isEmpty();
        engine.advance(INTERVAL);

        RankerModel published = models().get(0);
        assertThat(published.getVersion()).isEqualTo(1);
        assertThat(published.getExamples()).isEqualTo(2 * BATCH);
        assertThat(published.getKind()).isEqualTo("DENSE");
        assertThat(List.of(
                        published.getMoments(),
                        published.getWaiting(),
                        published.getProgress(),
                        published.getCalibration()))
                .as("what only the trainer goes on with is not published")
                .allMatch(bytes -> bytes.remaining() == 0);
        float[] after = engine.models.rankers().network().weights();
        assertThat(engine.models.rankers().network().version()).isEqualTo(1);
        assertThat(after[Signal.DISCOUNT.ordinal()]).isGreaterThan(before[Signal.DISCOUNT.ordinal()]);
        assertThat(after[Signal.FRESHNESS.ordinal()]).isLessThan(before[Signal.FRESHNESS.ordinal()]);
        assertThat(after[Signal.COSINE.ordinal()]).isEqualTo(before[Signal.COSINE.ordinal()]);

        engine.advance(INTERVAL.multipliedBy(5));
        assertThat(models()).isEmpty();
        learn(new float[Signal.count()], 1);
        engine.advance(INTERVAL);
        assertThat(models()).extracting(RankerModel::getVersion).containsExactly(2L);
    }

    @Test
    void shouldCountAndIgnoreExamplesThatItCannotRead() {
        open("0", Map.of());
        learn(new float[Signal.count() - 1], 1);
        learn(new float[Signal.count() + 1], 1);
        engine.sendBytes(engine.topics.name(Topic.TRAINING_EXAMPLE), RankerNames.RELEVANCE, null);
        float[] poison = new float[Signal.count()];
        poison[0] = Float.NaN;
        assertThat(engine.contents(StoreNames.TRAINER_STATE)).isEmpty();
        learn(poison, 1);
        learn(new float[Signal.count()], Float.NaN);
        assertThat(engine.counters.get(KomboMetric.TRAINING_EXAMPLES, "foreign"))
                .isEqualTo(3);
        assertThat(engine.counters.get(KomboMetric.TRAINING_EXAMPLES, "dropped"))
                .isEqualTo(2);
        engine.advance(INTERVAL);
        assertThat(engine.models.rankers().network().version()).isEqualTo(1);
        float[] prior = Ranker.prior(NetworkShape.Architecture.DENSE, FactorSettings.SEED)
                .weights();
        assertThat(Arrays.equals(engine.models.rankers().network().weights(), prior))
                .as("the weights have not moved")
                .isTrue();
    }

    @Test
    void shouldMakeExamplesOfWhatWasWantedBeforeItIsLearned() {
        open("1", Map.of());
        engine.send(EngineDriver.event("cart", "someone", EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setBundleId("ab"));
        List<TrainingExample> examples = examples();
        assertThat(examples).singleElement().satisfies(avro -> {
            assertThat(avro.getSource()).isEqualTo("organic");
            assertThat(avro.getSequence().remaining())
                    .as("a dense ranker sees none")
                    .isZero();
            RankerExample example = RankerMapper.toDomain(avro)
                    .ranker(engine.models.rankers().network().shape());
            assertThat(example.label()).isEqualTo(1f);
            assertThat(example.context()).hasSize(ShopperContext.SIZE);
            assertThat(example.size()).as("ab was wanted, the others were not").isBetween(2, 5);
            assertThat(engine.counters.get(KomboMetric.TRAINING_EXAMPLES, "sent"))
                    .as("each bundle is one")
                    .isEqualTo(example.size());
            float[] signals = example.signals().get(0);
            assertThat(signals[Signal.TRIGGER.ordinal()]).isZero();
            assertThat(signals[Signal.MEMBER_OVERLAP.ordinal()])
                    .as("what was put there was not known yet")
                    .isZero();
        });
    }

    @Test
    void shouldDrawAnItemAsOftenAsItMakesUpABundle() {
        open("1", Map.of(TrainingSettings.RATE.name(), "100000"));
        for (int i = 0; i < 60; i++) {
            engine.send(EngineDriver.event("cart" + i, "user" + i, EventType.ADD_TO_CART, Duration.ofSeconds(i))
                    .setItemId("a"));
        }
        assertThat(examples())
                .as("one of two members: every other event")
                .filteredOn(example -> example.getLabel() == 1f)
                .hasSizeBetween(20, 40);
    }

    @Test
    void shouldNotFindWhatIsBoughtInTheBasketOfItsOwnExample() {
        open("1", Map.of());
        engine.send(EngineDriver.event("buy", "someone", EventType.PURCHASE, Duration.ofSeconds(1))
                .setBundleId("ab")
                .setOrderId("o1"));
        assertThat(examples()).singleElement().satisfies(avro -> {
            RankerExample example = RankerMapper.toDomain(avro)
                    .ranker(engine.models.rankers().network().shape());
            for (Signal signal : List.of(Signal.BASKET_SHARE, Signal.BASKET_CONFIDENCE)) {
                assertThat(example.signals().get(0)[signal.ordinal()])
                        .as(signal.label())
                        .isZero();
            }
            assertThat(example.context()).as("nothing is in the basket").containsOnly(0f);
        });
    }

    @Test
    void shouldTellWhatWasTouchedBeforeAsTheTriggerOfHalfOfTheRequests() {
        open("1", Map.of(TrainingSettings.RATE.name(), "100000"));
        int triggered = 0;
        for (int i = 0; i < 40; i++) {
            engine.send(EngineDriver.event("view" + i, "user" + i, EventType.VIEW, Duration.ofSeconds(2L * i))
                    .setItemId("a"));
            engine.advance(Duration.ofSeconds(30));
            engine.send(
                    EngineDriver.event("cart" + i, "user" + i, EventType.ADD_TO_CART, Duration.ofSeconds(2L * i + 1))
                            .setBundleId("bd"));
            for (TrainingExample example : examples()) {
                triggered += Floats.fromBuffer(example.getContext())[ShopperContext.SIZE - 1] == 1f ? 1 : 0;
            }
        }
        assertThat(triggered).isBetween(12, 28);
    }

    @Test
    void shouldSendSequencesWhenTheRankerSeesThem() {
        open("1", Map.of(TrainingSettings.KIND.name(), "recurrent"));
        int carts = BATCH;
        for (int i = 0; i < carts; i++) {
            engine.send(EngineDriver.event("cart" + i, "someone", EventType.ADD_TO_CART, Duration.ofSeconds(i))
                    .setBundleId("ab"));
            engine.advance(INTERVAL);
        }
        List<TrainingExample> examples = examples();
        assertThat(examples).hasSize(carts);
        assertThat(examples.get(carts - 1).getSequence().remaining()).isPositive();
        assertThat(engine.counters.get(KomboMetric.TRAINING_EXAMPLES, "stepped"))
                .isPositive();
        assertThat(engine.counters.get(KomboMetric.TRAINING_EXAMPLES, "foreign"))
                .isZero();
        assertThat(engine.models.rankers().network().version()).isPositive();
        assertThat(engine.models.rankers().network().shape().kind()).isEqualTo(NetworkShape.Architecture.RECURRENT);
    }

    @Test
    void shouldStoreAllThatTrainingGoesOnWith() {
        open("0", Map.of());
        for (int i = 0; i < BATCH + 3; i++) {
            learn(signalsOf(i), i % 2);
        }
        engine.advance(INTERVAL);
        TrainedModel before =
                engine.<TrainedModel>store(StoreNames.TRAINER_STATE).get(RankerNames.RELEVANCE);
        assertThat(before.measures().examples()).isEqualTo(BATCH);
        assertThat(before.progress().waiting()).isNotEmpty();

        NetworkShape shape = Ranker.shape(NetworkShape.Architecture.DENSE);
        RankerTrainer.State state = TrainedRankers.state(before, shape);
        assertThat(TrainedRankers.of(before.version(), shape, state, before.trainedAt()))
                .usingRecursiveComparison()
                .isEqualTo(before);
        assertThat(TrainedRankers.matches(before, shape)).isTrue();
        assertThat(TrainedRankers.matches(before, Ranker.shape(NetworkShape.Architecture.LINEAR)))
                .isFalse();
    }

    private static float[] signalsOf(int example) {
        float[] signals = new float[Signal.count()];
        signals[example % Signal.count()] = 1f;
        return signals;
    }

    @Test
    void shouldMakeNoExamplesOfViewsNorWhenTheShareIsZero() {
        open("0", Map.of());
        engine.send(EngineDriver.event("cart", "someone", EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setItemId("a"));
        assertThat(examples()).isEmpty();
    }

    /** Each user views, which offers something to those who are not in the holdout, and then chooses. */
    @Test
    void shouldCountChoicesOfTheHoldoutInTheContestAndNoneAfterAnOffer() {
        open("1", Map.of(TrainingSettings.RATE.name(), "100000"));
        for (String arm : List.of("treatment", "holdout")) {
            String user = engine.userOf(arm);
            engine.send(EngineDriver.event("view-" + arm, user, EventType.VIEW, Duration.ofSeconds(1))
                    .setItemId("a"));
            assertThat(engine.offers()).hasSize(arm.equals("holdout") ? 0 : 1);
            engine.send(EngineDriver.event("cart-" + arm, user, EventType.ADD_TO_CART, Duration.ofSeconds(9))
                    .setBundleId("bd"));
            assertThat(examples()).singleElement().satisfies(example -> {
                assertThat(example.getRanks().remaining()).isEqualTo(arm.equals("holdout") ? Contestant.count() : 0);
                assertThat(example.getOccasion()).isEqualTo(Occasion.EMPTY_BASKET.ordinal());
            });
            engine.offers();
        }
        String holdout = engine.userOf("holdout");
        engine.send(EngineDriver.event("item", holdout, EventType.ADD_TO_CART, Duration.ofSeconds(19))
                .setItemId("a"));
        examples();
        engine.send(EngineDriver.event("next", holdout, EventType.ADD_TO_CART, Duration.ofSeconds(29))
                .setBundleId("ab"));
        assertThat(examples().get(0).getOccasion()).isEqualTo(Occasion.BASKET.ordinal());
    }

    @Test
    void shouldHoldTheRateOfEventTime() {
        open("1", Map.of(TrainingSettings.RATE.name(), "10"));
        for (int i = 0; i < 6; i++) {
            engine.send(EngineDriver.event("cart" + i, "user" + i, EventType.ADD_TO_CART, Duration.ofSeconds(1))
                    .setBundleId("ab"));
        }
        assertThat(examples())
                .extracting(TrainingExample::getLabel)
                .filteredOn(label -> label == 1f)
                .hasSize(2);
        engine.send(EngineDriver.event("next", "other", EventType.ADD_TO_CART, Duration.ofSeconds(2))
                .setBundleId("ab"));
        assertThat(examples()).isNotEmpty();
        for (int i = 0; i < 6; i++) {
            engine.send(EngineDriver.event("late" + i, "late" + i, EventType.ADD_TO_CART, Duration.ofSeconds(1 + i % 2))
                    .setBundleId("ab"));
        }
        assertThat(examples())
                .as("late events count in the latest second")
                .filteredOn(example -> example.getLabel() == 1f)
                .hasSize(1);
    }

    private void learn(float[] signals, float label) {
        engine.input(engine.topics.name(Topic.TRAINING_EXAMPLE), TrainingExample.class)
                .pipeInput(
                        RankerNames.RELEVANCE,
                        TrainingExample.newBuilder()
                                .setEventTime(EngineDriver.START.toEpochMilli())
                                .setSignals(Floats.toBuffer(signals))
                                .setContext(Floats.toBuffer(new float[ShopperContext.SIZE]))
                                .setLabel(label)
                                .setSource("test")
                                .setModelVersion(0)
                                .build());
    }

    private List<RankerModel> models() {
        return engine.values(engine.topics.name(Topic.RANKER_MODEL), RankerModel.class);
    }

    private List<TrainingExample> examples() {
        return engine.examples().stream().map(example -> example.value).toList();
    }
}
