package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.EntityModel;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.math.FactorMath;
import dev.kombo.math.StableHash;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.FactorSweep;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.topology.task.StoreNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The item task: the only writer of rows, one publication an entity and flush interval, sweeps by the number of
 * updates.
 */
class ItemLegTest {
    private static final int FACTORS = 4;
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final long TIME = EngineDriver.START.toEpochMilli();

    @TempDir
    Path stateDir;

    private final Map<String, String> settings = Map.of(
            IndexSettings.FACTORS.name(),
            Integer.toString(FACTORS),
            ServiceSettings.REGISTRY_URL.name(),
            "mock://" + UUID.randomUUID());
    private final List<KeyValue<String, ItemModel>> publishedModels = new ArrayList<>();
    private final List<KeyValue<String, FactorSweep>> publishedSweeps = new ArrayList<>();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = new EngineDriver(stateDir.resolve("first"), settings);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static ItemUpdate.Builder touch(String... history) {
        ByteBuffer packed = ByteBuffer.allocate(6 * history.length);
        for (String entity : history) {
            long hash = StableHash.of(entity);
            packed.putInt((int) (hash >>> 32)).put((byte) (hash >>> 24)).put((byte) 250);
        }
        return ItemUpdate.newBuilder()
                .setEventTime(TIME)
                .setInteractions(1)
                .setPopularityWeight(1f)
                .setHistory(packed.flip());
    }

    private EntityState state(String entity) {
        return engine.rows().get(entity);
    }

    private List<KeyValue<String, FactorSweep>> swept() {
        List<KeyValue<String, FactorSweep>> records =
                engine.output(engine.topics.name(Topic.FACTOR_SWEEP), FactorSweep.class);
        publishedSweeps.addAll(records);
        return records;
    }

    private List<KeyValue<String, ItemModel>> models() {
        List<KeyValue<String, ItemModel>> records = engine.models();
        publishedModels.addAll(records);
        return records;
    }

    /** Two groups of items that are touched together. */
    private void touchGroups(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 20; i++) {
                String other = "i:" + (i + 2) % 20;
                engine.update("i:" + i, touch(other, "i:" + (i + 4) % 20).build());
            }
        }
    }

    /** Time enough for any walk over the rows that is due. */
    private void sweep() {
        for (int slice = 0; slice < 40; slice++) {
            engine.advance(FLUSH);
        }
    }

    private float[] vector(String entity) {
        int slot = engine.models.catalog().factors().slot(StableHash.of(entity));
        return engine.models.catalog().factors().space().vector(slot);
    }

    @Test
    void shouldCountATouchWithItsHistoryInOneRow() {
        engine.update("i:a", touch("i:b", "b:c").build());
        engine.update("i:a", touch("i:b").setPopularityWeight(0.5f).build());
        assertThat(engine.counters.get(KomboMetric.ENTITY_UPDATES, "applied")).isEqualTo(2);
        EntityState row = state("i:a");
        assertThat(row.interactions()).isEqualTo(2);
        assertThat(row.popularity().longTerm()).isEqualTo(1.5);
        assertThat(row.partners().mass()).isEqualTo(1.5);
        assertThat(row.partners().size()).isEqualTo(2);
        assertThat(row.partners().partner(0)).isEqualTo(PartnerTable.partnerOf(StableHash.of("i:b")));
    }

    @Test
    void shouldPublishAEntityOnceAFlushHoweverOftenItWasTouched() {
        for (int i = 0; i < 20; i++) {
            engine.update("i:a", touch().build());
            engine.update("b:ab", touch().build());
        }
        assertThat(models()).isEmpty();
        engine.advance(FLUSH);
        List<KeyValue<String, ItemModel>> models = models();
        assertThat(models).extracting(model -> model.key).containsExactlyInAnyOrder("i:a", "b:ab");
        assertThat(models).allSatisfy(model -> {
            assertThat(model.value.getInteractions()).isEqualTo(20);
            assertThat(model.value.getMass()).isEqualTo(20);
        });
        engine.advance(FLUSH.multipliedBy(10));
        assertThat(models()).as("nothing changed").isEmpty();
    }

    @Test
    void shouldReachEveryEntityInTurnWhenMoreChangeThanOneSlicePublishes() {
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            engine.update(
                    "i:" + (10_000 + i),
                    ItemUpdate.newBuilder().setEventTime(TIME).build());
        }
        while (published.isEmpty()) {
            engine.advanceInSteps(Duration.ofMillis(25));
            models().forEach(model -> published.add(model.key));
        }
        assertThat(published).as("the first slices").hasSizeBetween(50, 100);
        engine.advanceInSteps(FLUSH);
        models().forEach(model -> published.add(model.key));
        assertThat(published).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void shouldPublishChangesNoSoonerThanAFlushIntervalAfterTheFirst() {
        engine.update("i:a", touch().build());
        engine.advanceInSteps(FLUSH.dividedBy(2));
        engine.update("i:a", touch().build());
        engine.update("i:b", touch().build());
        engine.advanceInSteps(FLUSH.dividedBy(2));
        assertThat(models()).extracting(model -> model.key).containsExactly("i:a");
        engine.advanceInSteps(FLUSH.dividedBy(2));
        assertThat(models()).extracting(model -> model.key).containsExactly("i:b");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1f})
    void shouldCountNothingWhenAWeightIsNoWeight(float weight) {
        engine.update("i:a", touch().build());
        engine.update("i:a", touch("i:b").setPopularityWeight(weight).build());
        EntityState row = state("i:a");
        assertThat(row.popularity().shortTerm()).isEqualTo(1);
        assertThat(row.partners().mass()).isEqualTo(1);
        assertThat(row.partners().size()).isZero();
    }

    @Test
    void shouldSweepByTheNumberOfUpdatesAndWhitenWhatItTells() {
        touchGroups(4);
        sweep();
        assertThat(swept()).as("80 updates are too few").isEmpty();
        touchGroups(1);
        sweep();
        List<KeyValue<String, FactorSweep>> told = swept();
        assertThat(told).extracting(record -> record.key).containsExactly("0/0", "0");
        assertThat(told.get(0).value.getScales().remaining()).isEqualTo(20 * Float.BYTES);
        assertThat(told.get(1).value.getRows()).isEqualTo(20);
        assertThat(told.get(1).value.getUpdates()).isEqualTo(100);
        assertThat(engine.models.generations().basis().generation()).isEqualTo(1);
        engine.advance(FLUSH.multipliedBy(10));
        assertThat(swept()).as("no clock makes a sweep").isEmpty();
        for (int sweep = 0; sweep < 4; sweep++) {
            touchGroups(5);
            sweep();
        }
        assertThat(engine.models.generations().basis().generation()).isEqualTo(5);
        assertThat(FactorMath.cosine(vector("i:0"), vector("i:2")))
                .isGreaterThan(0.2f + Math.abs(FactorMath.cosine(vector("i:0"), vector("i:1"))));
    }

    /** A row that was cut, one of a later layout, one without bytes, and an Avro record that is none. */
    @ParameterizedTest
    @ValueSource(strings = {"01", "02", "", "0000000001"})
    @SuppressWarnings("unchecked")
    void shouldStepOverARowThatCannotBeRead(String stored) {
        ((WrappedStateStore<KeyValueStore<Bytes, byte[]>, String, EntityState>)
                        (Object) engine.<EntityState>store(StoreNames.ITEM_STATE))
                .wrapped()
                .put(
                        Bytes.wrap("i:3".getBytes(StandardCharsets.UTF_8)),
                        HexFormat.of().parseHex(stored));
        touchGroups(6);
        sweep();
        assertThat(engine.counters.get(KomboMetric.SWEEP_ROWS)).isEqualTo(19);
        assertThat(engine.models.generations().basis().generation()).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.CARE_FAILED, "entity")).isPositive();
    }

    @Test
    void shouldGiveANewEntityAVectorAtOnce() {
        touchGroups(5);
        sweep();
        engine.update("i:new", touch("i:0", "i:2").build());
        engine.advance(FLUSH);
        assertThat(vector("i:new")).hasSize(FACTORS);
        assertThat(engine.counters.get(KomboMetric.STEPS_DROPPED)).isZero();
    }

    @Test
    void shouldBeginASweepAnewAfterARestartInTheMiddleOfIt() {
        for (int i = 0; i < 1_500; i++) {
            engine.update(
                    "i:" + (10_000 + i),
                    touch("i:" + (10_000 + (i + 1) % 1_500)).build());
        }
        sweep();
        // A slice is of 100 rows; the next comes 20 milliseconds later.
        Duration slice = Duration.ofMillis(20);
        swept();
        for (int i = 0; i < 400; i++) {
            engine.update("i:" + (10_000 + i), touch("i:" + (10_000 + i + 2)).build());
        }
        List<KeyValue<String, FactorSweep>> told = List.of();
        int slices = 0;
        while (told.isEmpty() && slices++ < 100) {
            engine.advance(slice);
            told = swept();
        }
        assertThat(told).as("the block of the first two slices").hasSize(1);
        assertThat(told).allSatisfy(record -> assertThat(record.value.getGram()).isNull());
        int generation = told.get(0).value.getGeneration();

        restart();
        for (int i = 0; i < 400; i++) {
            engine.update("i:" + (10_000 + i), touch("i:" + (10_000 + i + 3)).build());
        }
        sweep();
        List<KeyValue<String, FactorSweep>> again = swept();
        assertThat(again).as("8 blocks of rows, 8 of columns, the sum").hasSize(17);
        assertThat(again.get(0).key).isEqualTo("0/0");
        assertThat(again.get(0).value.getGeneration()).isEqualTo(generation);
        assertThat(again.get(16).value.getRows()).isEqualTo(1_500);
        assertThat(engine.models.generations().basis().generation()).isEqualTo(generation);
    }

    @Test
    void shouldPublishAfterARestartWhatWasNotPublishedBefore() {
        engine.update("i:a", touch().build());
        engine.advance(FLUSH);
        engine.update("i:a", touch().build());
        engine.update("i:b", touch().build());
        restart();
        engine.advanceInSteps(FLUSH.multipliedBy(2));
        Map<String, Long> published = new HashMap<>();
        models().forEach(model -> published.put(model.key, model.value.getInteractions()));
        assertThat(published).containsOnly(Map.entry("i:a", 2L), Map.entry("i:b", 1L));
        EntityModel model = engine.models.catalog().model("i:a");
        assertThat(model.interactions()).isEqualTo(2);
        assertThat(model.popularityLong()).isCloseTo(2, within(1e-6));
    }

    /** The same rows, and what was published, with nothing in the heap of the task. */
    private void restart() {
        Map<String, EntityState> rows = engine.rows();
        models();
        swept();
        engine.close();
        engine = new EngineDriver(stateDir.resolve("again"), settings);
        publishedModels.forEach(model -> engine.input(engine.topics.name(Topic.ITEM_MODEL), ItemModel.class)
                .pipeInput(model.key, model.value));
        publishedSweeps.forEach(record -> engine.input(engine.topics.name(Topic.FACTOR_SWEEP), FactorSweep.class)
                .pipeInput(record.key, record.value));
        rows.forEach((entity, row) ->
                engine.<EntityState>store(StoreNames.ITEM_STATE).put(entity, row));
        models();
        swept();
    }
}
