package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.TaskSettings;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.serde.Floats;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The item task: the only writer of factors, one publication a target and flush interval. */
class ItemLegTest {
    private static final int FACTORS = 4;
    private static final float RATE = 0.05f;
    private static final float REGULARIZATION = 0.01f;
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final long TIME = EngineDriver.START.toEpochMilli();

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = new EngineDriver(
                stateDir,
                Map.of(
                        FactorSettings.FACTORS.name(), Integer.toString(FACTORS),
                        FactorSettings.ITEM_RATE.name(), Float.toString(RATE),
                        FactorSettings.REGULARIZATION.name(), Float.toString(REGULARIZATION),
                        TaskSettings.BACKLOG.name(), "1000",
                        TaskSettings.SWEEP_USERS.name(), "0"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldApplyEachGradientOnceByAdaGrad() {
        float[] gradient = {0.1f, -0.2f, 0f, 0.05f};
        float[] vector = Factors.initial("i:a", 1, FACTORS);
        float[] squares = new float[FACTORS];
        for (int update = 0; update < 2; update++) {
            engine.update("i:a", update(gradient).setBiasGradient(-0.3f).build());
            for (int k = 0; k < FACTORS; k++) {
                float g = gradient[k] + REGULARIZATION * vector[k];
                squares[k] += g * g;
                vector[k] -= RATE * g / (float) Math.sqrt(squares[k] + 0.01f);
            }
        }
        ItemState state = engine.<ItemState>store(StoreNames.ITEM_STATE).get("i:a");
        assertThat(Floats.fromBuffer(state.getVector())).containsExactly(vector, Offset.offset(1e-6f));
        assertThat(Floats.fromBuffer(state.getSquaredGradients())).containsExactly(squares, Offset.offset(1e-7f));
        assertThat(state.getBias()).isPositive();
        assertThat(state.getVersion()).isEqualTo(2);
        assertThat(engine.counters.get(KomboMetric.TARGET_UPDATES, "applied")).isEqualTo(2);
    }

    @Test
    void shouldPublishATargetOnceAFlushHoweverOftenItWasTouched() {
        for (int i = 0; i < 20; i++) {
            engine.update("i:a", update(new float[FACTORS]).setInteractions(1).build());
            engine.update("b:ab", update(new float[FACTORS]).setInteractions(1).build());
        }
        assertThat(engine.models()).isEmpty();
        engine.advance(FLUSH);
        List<KeyValue<String, ItemModel>> models = engine.models();
        assertThat(models).extracting(model -> model.key).containsExactlyInAnyOrder("i:a", "b:ab");
        assertThat(models)
                .allSatisfy(model -> assertThat(model.value.getInteractions()).isEqualTo(20));
        assertThat(engine.contents(StoreNames.ITEM_PENDING)).isEmpty();
    }

    @Test
    void shouldPublishNothingWhenNothingChanged() {
        engine.update("i:a", update(new float[FACTORS]).build());
        engine.advance(FLUSH);
        assertThat(engine.models()).hasSize(1);
        engine.advance(FLUSH.multipliedBy(10));
        assertThat(engine.models()).isEmpty();
        engine.update("i:a", update(new float[FACTORS]).build());
        engine.advance(FLUSH);
        assertThat(engine.models()).singleElement().satisfies(model -> assertThat(model.value.getVersion())
                .isEqualTo(2));
    }

    @Test
    void shouldReachEveryTargetInTurnWhenMoreChangeThanOneFlushPublishes() {
        Set<String> published = new HashSet<>();
        for (int flush = 0; flush < 2; flush++) {
            for (int i = 0; i < 2_500; i++) {
                engine.update(
                        "i:" + (10_000 + i),
                        ItemUpdate.newBuilder().setEventTime(TIME).build());
            }
            engine.advance(FLUSH);
            engine.models().forEach(model -> published.add(model.key));
        }
        assertThat(published).hasSize(2_500);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE})
    void shouldDropAndCountAGradientThatIsNotFinite(float poison) {
        engine.update("i:a", update(new float[] {0.1f, 0.1f, 0.1f, 0.1f}).build());
        ItemState before = engine.<ItemState>store(StoreNames.ITEM_STATE).get("i:a");
        engine.update("i:a", update(new float[] {0, poison, 0, 0}).build());
        engine.update("i:a", update(new float[FACTORS]).setBiasGradient(poison).build());

        ItemState after = engine.<ItemState>store(StoreNames.ITEM_STATE).get("i:a");
        assertThat(after.getVector()).isEqualTo(before.getVector());
        assertThat(after.getSquaredGradients()).isEqualTo(before.getSquaredGradients());
        assertThat(after.getBias()).isEqualTo(before.getBias());
        assertThat(engine.counters.get(KomboMetric.STEPS_DROPPED, "target")).isEqualTo(2);
    }

    @Test
    void shouldDropAndCountAGradientOfAnotherLength() {
        engine.update("i:a", update(new float[FACTORS + 1]).setInteractions(1).build());
        assertThat(engine.counters.get(KomboMetric.STEPS_DROPPED, "target")).isEqualTo(1);
        ItemState state = engine.<ItemState>store(StoreNames.ITEM_STATE).get("i:a");
        assertThat(Floats.fromBuffer(state.getVector())).containsExactly(Factors.initial("i:a", 1, FACTORS));
        assertThat(state.getInteractions()).isEqualTo(1);
    }

    @Test
    void shouldSendAnUpdateToDeadLetterWhenItsGradientIsNoVectorAtAll() {
        ItemUpdate update =
                update(null).setGradient(ByteBuffer.wrap(new byte[7])).build();
        engine.update("i:a", update);
        assertThat(engine.deadLetters()).singleElement().satisfies(dead -> assertThat(dead.key())
                .isEqualTo("i:a"));
        assertThat(engine.contents(StoreNames.ITEM_STATE)).isEmpty();
        assertThat(engine.contents(StoreNames.ITEM_PENDING)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1f})
    void shouldLeavePopularityAloneWhenAWeightIsNoWeight(float weight) {
        engine.update(
                "i:a", update(null).setInteractions(1).setPopularityWeight(1f).build());
        engine.update(
                "i:a",
                update(null).setInteractions(1).setPopularityWeight(weight).build());
        ItemState state = engine.<ItemState>store(StoreNames.ITEM_STATE).get("i:a");
        assertThat(state.getPopularityShort()).isEqualTo(1);
        assertThat(state.getPopularityLong()).isEqualTo(1);
    }

    @Test
    void shouldShedNegativesWhileTheItemLegIsBehindAndSampleThemAgainAfterwards() {
        for (String item : List.of("a", "b", "c", "d")) {
            engine.item(item, 1000);
            engine.send(view("know-" + item, Duration.ofMillis(1), item));
        }
        engine.advance(FLUSH);
        engine.updates();

        engine.backlog.set(5_000);
        engine.advance(FLUSH);
        engine.advance(FLUSH);
        assertThat(engine.models.itemBacklog()).isEqualTo(5_000);
        engine.send(view("behind", Duration.ofSeconds(10), "a"));
        assertThat(engine.updates()).extracting(update -> update.key).containsExactly("i:a");
        assertThat(engine.counters.get(KomboMetric.NEGATIVES_SHED)).isEqualTo(2);

        engine.backlog.set(0);
        engine.advance(FLUSH);
        engine.advance(FLUSH);
        for (int i = 0; i < 5; i++) {
            engine.send(view("caught-up-" + i, Duration.ofSeconds(20 + i), "a"));
        }
        // Of the negatives drawn by popularity some fall on the item itself and are left out.
        assertThat(engine.updates()).extracting(update -> update.key).contains("i:b", "i:c", "i:d");
        assertThat(engine.counters.get(KomboMetric.NEGATIVES_SHED)).isEqualTo(2);
    }

    @Test
    void shouldTakeBackTheBacklogToldBeforeARestart() {
        engine.input(engine.topics.itemModel(), ItemModel.class)
                .pipeInput(ItemWatermarks.key(0), ItemWatermarks.record(5_000, TIME));
        assertThat(engine.models.itemBacklog()).isEqualTo(5_000);
        engine.advance(FLUSH);
        assertThat(engine.models.itemBacklog()).isZero();
    }

    private static BehaviorEvent.Builder view(String id, Duration time, String item) {
        return EngineDriver.event(id, "holdout-or-not", EventType.VIEW, time).setItemId(item);
    }

    private static ItemUpdate.Builder update(float[] gradient) {
        return ItemUpdate.newBuilder()
                .setEventTime(TIME)
                .setGradient(gradient == null ? null : Floats.toBuffer(gradient));
    }
}
