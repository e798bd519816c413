package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.ranking.Signal;
import dev.kombo.schema.EventType;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.Floats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what shoppers do by themselves to a ranker that ranks by it. */
class TrainerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int BATCH = 32;

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @AfterEach
    void close() {
        engine.close();
    }

    private void open(String share, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(KomboConfig.TRAINING_SHARE, share);
        settings.put(KomboConfig.TRAINING_PUBLISH, Long.toString(INTERVAL.toMillis()));
        engine = new EngineDriver(stateDir, settings);
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
        float[] before = engine.models.ranker().weights();
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
        assertThat(published.getMoments().remaining())
                .as("the optimiser's state is not published")
                .isZero();
        float[] after = engine.models.ranker().weights();
        assertThat(engine.models.ranker().version()).isEqualTo(1);
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
        engine.sendBytes(engine.topics.trainingExample(), RankerNames.LINEAR, null);
        float[] poison = new float[Signal.count()];
        poison[0] = Float.NaN;
        assertThat(engine.contents(StoreNames.TRAINER_STATE)).isEmpty();
        learn(poison, 1);
        learn(new float[Signal.count()], Float.NaN);
        assertThat(engine.counters.get("trainer.examples.foreign")).isEqualTo(3);
        assertThat(engine.counters.get("trainer.examples.dropped")).isEqualTo(2);
        engine.advance(INTERVAL);
        assertThat(engine.models.ranker().weights()).containsExactly(TrainerProcessor.priorWeights());
    }

    @Test
    void shouldMakeExamplesOfWhatWasWantedBeforeItIsLearned() {
        open("1", Map.of());
        engine.send(EngineDriver.event("cart", "someone", EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setItemId("a"));
        List<TrainingExample> examples = examples();
        assertThat(examples).extracting(TrainingExample::getLabel).contains(1f).containsOnlyOnce(1f);
        assertThat(examples.size()).isBetween(1, 5);
        assertThat(examples).allSatisfy(example -> {
            assertThat(Floats.length(example.getSignals())).isEqualTo(Signal.count());
            assertThat(example.getSource()).isEqualTo("organic");
            float[] signals = Floats.fromBuffer(example.getSignals());
            assertThat(signals[Signal.TRIGGER.ordinal()]).isZero();
            assertThat(signals[Signal.MEMBER_OVERLAP.ordinal()])
                    .as("the item itself was not known yet")
                    .isZero();
        });
        assertThat(engine.counters.get("training.examples.sent")).isEqualTo(examples.size());
    }

    @Test
    void shouldMakeNoExamplesOfViewsNorWhenTheShareIsZero() {
        open("0", Map.of());
        engine.send(EngineDriver.event("cart", "someone", EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setItemId("a"));
        assertThat(examples()).isEmpty();
    }

    @Test
    void shouldHoldTheRateOfEventTime() {
        open("1", Map.of(KomboConfig.TRAINING_RATE, "10"));
        for (int i = 0; i < 6; i++) {
            engine.send(EngineDriver.event("cart" + i, "user" + i, EventType.ADD_TO_CART, Duration.ofSeconds(1))
                    .setItemId("a"));
        }
        assertThat(examples())
                .extracting(TrainingExample::getLabel)
                .filteredOn(label -> label == 1f)
                .hasSize(2);
        engine.send(EngineDriver.event("next", "other", EventType.ADD_TO_CART, Duration.ofSeconds(2))
                .setItemId("a"));
        assertThat(examples()).isNotEmpty();
    }

    private void learn(float[] signals, float label) {
        engine.input(engine.topics.trainingExample(), TrainingExample.class)
                .pipeInput(
                        RankerNames.LINEAR,
                        TrainingExample.newBuilder()
                                .setEventTime(EngineDriver.START.toEpochMilli())
                                .setSignals(Floats.toBuffer(signals))
                                .setLabel(label)
                                .setSource("test")
                                .setModelVersion(0)
                                .build());
    }

    private List<RankerModel> models() {
        return engine.values(engine.topics.rankerModel(), RankerModel.class);
    }

    private List<TrainingExample> examples() {
        return engine.values(engine.topics.trainingExample(), TrainingExample.class);
    }
}
