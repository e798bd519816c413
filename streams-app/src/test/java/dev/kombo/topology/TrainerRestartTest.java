package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.StableHash;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.Floats;
import dev.kombo.serde.RankerMapper;
import dev.kombo.serde.ReleasedRankers;
import dev.kombo.topology.common.RankerNames;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.trainer.TrainerProcessor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trainer that is thrown away at any example, and started again over its stores, learns the same. */
class TrainerRestartTest {
    /** More than the whole state is written after, so that both ways of starting again are taken. */
    private static final int EXAMPLES = TrainerProcessor.EXAMPLES + 90;

    private static final int BATCH = 32;

    @TempDir
    Path stateDir;

    private final List<AvroSerdes> opened = new ArrayList<>();
    private EngineContext engine;

    @BeforeEach
    void open() {
        KomboConfig config = config();
        EngineSettings settings = new EngineSettings(config);
        engine = new EngineContext(
                settings,
                Topics.of(config),
                null,
                new LiveModels(settings, settings.get(ServiceSettings.TOPIC_PARTITIONS)),
                new Counters());
    }

    @AfterEach
    void close() {
        opened.forEach(AvroSerdes::close);
    }

    private static KomboConfig config() {
        return KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://" + UUID.randomUUID()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 45, TrainerProcessor.EXAMPLES})
    void shouldLearnTheSameWhenStartedAgainEveryFewExamples(int examplesOfALife) {
        assertThat(published(examplesOfALife)).isEqualTo(published(Integer.MAX_VALUE));
    }

    private List<RankerModel> published(int examplesOfALife) {
        Task task = new Task();
        for (int i = 0; i < EXAMPLES; i++) {
            task.learn(RankerNames.RELEVANCE, example(i, Signal.count(), ShopperContext.SIZE));
            task.learn(RankerNames.CONVERSION, example(i, ConversionFeature.count(), 0));
            if (i == EXAMPLES / 2) {
                task.publish();
            }
            if ((i + 1) % examplesOfALife == 0) {
                task.startAgain();
            }
        }
        task.publish();
        assertThat(task.examples()).as("all are in the state").isZero();
        List<RankerModel> published = task.published();
        assertThat(published).hasSize(4);
        assertThat(published.get(2).getName()).isEqualTo(RankerNames.RELEVANCE);
        assertThat(published.get(2).getExamples()).isEqualTo(EXAMPLES / BATCH * BATCH);
        assertThat(published.get(3).getExamples()).isPositive();
        Contest contest = RankerMapper.contest(published.get(2));
        assertThat(contest.champion(Occasion.BASKET)).isEqualTo(Contestant.DEEP);
        assertThat(contest.choices(Occasion.EMPTY_BASKET) + contest.choices(Occasion.BASKET))
                .isEqualTo(EXAMPLES - (EXAMPLES + 6) / 7);
        assertThat(published.get(2).getLinear().remaining()).isPositive();
        return published;
    }

    @Test
    void shouldStoreTheStateSeldomAndExamplesAsTheyCome() {
        Task task = new Task();
        for (int i = 0; i < TrainerProcessor.EXAMPLES - 1; i++) {
            task.learn(RankerNames.RELEVANCE, example(i, Signal.count(), ShopperContext.SIZE));
        }
        assertThat(task.states.get(RankerNames.RELEVANCE)).isNull();
        assertThat(task.examples()).isEqualTo(TrainerProcessor.EXAMPLES - 1);
        task.learn(RankerNames.RELEVANCE, example(0, Signal.count(), ShopperContext.SIZE));
        assertThat(task.states.get(RankerNames.RELEVANCE)).isNotNull();
        assertThat(task.examples()).isZero();
    }

    @Test
    void shouldGoOnFromTheStateOfVersion02() {
        NetworkShape shape = engine.settings().training().shape();
        Task task = new Task();
        for (int i = 0; i < 2 * BATCH; i++) {
            task.learn(RankerNames.RELEVANCE, example(i, Signal.count(), ShopperContext.SIZE));
        }
        task.publish();
        task.states.put(RankerNames.RELEVANCE, ReleasedRankers.of(task.states.get(RankerNames.RELEVANCE), shape));
        // An example of 0.2.0 waits, too: it has too few signals, and is not learned from.
        task.pending.put(RankerNames.RELEVANCE + "/0", example(0, ReleasedRankers.SIGNALS.size(), ShopperContext.SIZE));
        task.startAgain();
        for (int i = 0; i < BATCH; i++) {
            task.learn(RankerNames.RELEVANCE, example(i, Signal.count(), ShopperContext.SIZE));
        }
        task.publish();

        RankerModel published = task.published().get(task.published().size() - 1);
        assertThat(published.getSignals()).containsExactly(Signal.labels());
        assertThat(published.getVersion()).isEqualTo(2);
        assertThat(published.getExamples()).isEqualTo(3 * BATCH);
        assertThat(engine.counters().get(KomboMetric.TRAINER_RESTARTS)).isZero();
    }

    private static TrainingExample example(int number, int signals, int context) {
        long seed = StableHash.mix(number);
        float[] first = values(seed, signals);
        // The intercept of the conversion model.
        first[0] = context == 0 ? 1 : first[0];
        return TrainingExample.newBuilder()
                .setEventTime(1_000L + number)
                .setSignals(Floats.toBuffer(first))
                .setContext(Floats.toBuffer(values(seed + 1, context)))
                .setLabel(number % 3 == 0 ? 1f : 0f)
                .setOccasion(number % 2)
                .setRanks(ranks(number))
                .setSource("test")
                .setModelVersion(0)
                .build();
    }

    /** The network is ahead, except in each fifth choice; each seventh does not count. */
    private static ByteBuffer ranks(int number) {
        byte[] ranks = new byte[number % 7 == 0 ? 0 : Contestant.count()];
        Arrays.fill(ranks, (byte) (number % 5 == 0 ? 1 : 9));
        if (ranks.length > 0) {
            ranks[Contestant.DEEP.ordinal()] = 3;
        }
        return ByteBuffer.wrap(ranks);
    }

    private static float[] values(long seed, int count) {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = (float) StableHash.unit(StableHash.combine(seed, k)) * 2 - 1;
        }
        return values;
    }

    /** The trainer task: its stores outlive the processor. */
    private final class Task {
        private final MockProcessorContext<String, RankerModel> context =
                new MockProcessorContext<>(new Properties(), new TaskId(9, 0), stateDir.toFile());
        private final KeyValueStore<String, RankerModel> states = store(StoreNames.TRAINER_STATE, RankerModel.class);
        private final KeyValueStore<String, TrainingExample> pending =
                store(StoreNames.TRAINER_PENDING, TrainingExample.class);
        private TrainerProcessor processor;

        private Task() {
            startAgain();
        }

        private <V extends SpecificRecord> KeyValueStore<String, V> store(String name, Class<V> type) {
            // A registry each: without a topology, all stores have a changelog of one name.
            AvroSerdes serdes = new AvroSerdes(config().avroSettings());
            opened.add(serdes);
            KeyValueStore<String, V> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.String(), serdes.value(type))
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            return store;
        }

        private void startAgain() {
            processor = new TrainerProcessor(engine);
            processor.init(context);
        }

        private void learn(String model, TrainingExample example) {
            processor.process(new Record<>(model, example, example.getEventTime()));
        }

        private void publish() {
            int punctuators = context.scheduledPunctuators().size();
            context.scheduledPunctuators().get(punctuators - 1).getPunctuator().punctuate(0);
        }

        private int examples() {
            int count = 0;
            try (KeyValueIterator<String, TrainingExample> all = pending.all()) {
                for (; all.hasNext(); all.next()) {
                    count++;
                }
            }
            return count;
        }

        private List<RankerModel> published() {
            List<RankerModel> published = new ArrayList<>();
            context.forwarded()
                    .forEach(forward -> published.add(forward.record().value()));
            return published;
        }
    }
}
