package dev.kombo.engine.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.task.FailingTable;
import dev.kombo.engine.task.Table;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.math.StableHash;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the trainer task does, over whichever tables: a subclass says where they are. */
public abstract class TrainerContract {
    /** More than the whole state is written after, so that both ways of starting again are taken. */
    private static final int EXAMPLES = TrainerTask.EXAMPLES + 90;

    private static final int BATCH = 32;

    private final EngineSettings settings = new EngineSettings(SettingValues.defaults());
    private final Counters counters = new Counters();

    /** An empty table of models. */
    protected abstract Table<String, TrainedModel> states();

    /** An empty table of examples. */
    protected abstract Table<String, List<TrainingExample>> pending();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 45, TrainerTask.EXAMPLES})
    void shouldLearnTheSameWhenStartedAgainEveryFewExamples(int examplesOfALife) {
        assertThat(learned(examplesOfALife)).usingRecursiveComparison().isEqualTo(learned(Integer.MAX_VALUE));
    }

    private List<TrainedModel> learned(int examplesOfALife) {
        Trainer trainer = new Trainer();
        for (int i = 0; i < EXAMPLES; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
            trainer.learn(RankerNames.CONVERSION, example(i, ConversionFeature.count(), 0));
            if (i == EXAMPLES / 2) {
                trainer.task.tick(0);
            }
            if ((i + 1) % examplesOfALife == 0) {
                trainer.startAgain();
            }
        }
        trainer.task.tick(0);
        assertThat(trainer.examples()).as("all are in the state").isZero();
        List<TrainedModel> published = trainer.published;
        assertThat(published)
                .extracting(TrainedModel::name)
                .containsExactly(
                        RankerNames.RELEVANCE, RankerNames.CONVERSION, RankerNames.RELEVANCE, RankerNames.CONVERSION);
        assertThat(published).extracting(TrainedModel::version).containsExactly(1L, 1L, 2L, 2L);
        assertThat(published.get(2).measures().examples()).isEqualTo(EXAMPLES / BATCH * BATCH);
        assertThat(published.get(3).measures().examples()).isPositive();
        Contest contest = TrainedRankers.contest(published.get(2));
        assertThat(contest.champion(Occasion.BASKET)).isEqualTo(Contestant.DEEP);
        assertThat(contest.choices(Occasion.EMPTY_BASKET) + contest.choices(Occasion.BASKET))
                .isEqualTo(EXAMPLES - (EXAMPLES + 6) / 7);
        return published;
    }

    @Test
    void shouldStoreTheStateSeldomAndExamplesAsTheyCome() {
        Trainer trainer = new Trainer();
        for (int i = 0; i < TrainerTask.EXAMPLES - 1; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        assertThat(trainer.states.get(RankerNames.RELEVANCE)).isNull();
        assertThat(trainer.examples()).isEqualTo(TrainerTask.EXAMPLES - 1);
        assertThat(trainer.pending.get(RankerNames.RELEVANCE + "/5"))
                .usingRecursiveComparison()
                .isEqualTo(List.of(choice(5)));
        trainer.learn(RankerNames.RELEVANCE, choice(0));
        assertThat(trainer.states.get(RankerNames.RELEVANCE)).isNotNull();
        assertThat(trainer.examples()).isZero();
    }

    @Test
    void shouldPublishWhatRanksOnceAfterItHasLearned() {
        Trainer trainer = new Trainer();
        assertThat(trainer.task.tick(0)).isFalse();
        for (int i = 0; i < BATCH; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        assertThat(trainer.task.tick(0)).isTrue();
        assertThat(trainer.task.tick(1)).as("nothing was learned since").isFalse();

        assertThat(trainer.outputs).singleElement().satisfies(output -> {
            assertThat(output.model().name()).isEqualTo(RankerNames.RELEVANCE);
            assertThat(output.time()).isEqualTo(choice(BATCH - 1).time());
        });
        TrainedModel published = trainer.published.get(0);
        TrainedModel stored = trainer.states.get(RankerNames.RELEVANCE);
        NetworkShape shape = settings.training().shape();
        assertThat(published).usingRecursiveComparison().isEqualTo(TrainedRankers.published(stored, shape));
        assertThat(published.progress().moments())
                .as("only the trainer needs it")
                .isEmpty();
        assertThat(stored.progress().moments()).isNotEmpty();
        assertThat(published.linear()).isNotEmpty();
    }

    @Test
    void shouldChangeNothingWhereAPublicationIsRefused() {
        Trainer trainer = new Trainer();
        for (int i = 0; i < BATCH; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        trainer.refuses = true;
        assertThatIllegalStateException().isThrownBy(() -> trainer.task.tick(0));
        assertThat(trainer.states.get(RankerNames.RELEVANCE)).isNull();
        assertThat(trainer.examples()).isEqualTo(BATCH);

        trainer.refuses = false;
        trainer.task.tick(1);
        assertThat(trainer.published).singleElement().satisfies(model -> {
            assertThat(model.version()).isEqualTo(1);
            assertThat(model.measures().examples()).isEqualTo(BATCH);
        });
        assertThat(trainer.examples()).isZero();
    }

    @Test
    void shouldCountAndIgnoreWhatIsNotForItsModels() {
        Trainer trainer = new Trainer();
        trainer.learn(RankerNames.RELEVANCE, example(1, Signal.count() - 1, ShopperContext.SIZE));
        trainer.learn(RankerNames.RELEVANCE, example(1, Signal.count(), ShopperContext.SIZE + 1));
        trainer.learn(RankerNames.CONVERSION, example(1, ConversionFeature.count() - 1, 0));
        trainer.learn("another", choice(1));
        trainer.task.accept(new TrainerInput(null, choice(1)), 0);
        trainer.task.accept(new TrainerInput(RankerNames.RELEVANCE, null), 0);

        assertThat(counters.get(KomboMetric.TRAINING_EXAMPLES, "foreign")).isEqualTo(6);
        assertThat(trainer.examples()).isZero();
        assertThat(trainer.task.tick(0)).isFalse();
    }

    @Test
    void shouldGoOnFromTheStateOfVersion02() {
        Trainer trainer = new Trainer();
        for (int i = 0; i < 2 * BATCH; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        trainer.task.tick(0);
        NetworkShape shape = settings.training().shape();
        trainer.states.put(RankerNames.RELEVANCE, ReleasedRankers.of(trainer.states.get(RankerNames.RELEVANCE), shape));
        // An example of 0.2.0 waits, too: it has too few signals, and is not learned from.
        trainer.pending.put(
                RankerNames.RELEVANCE + "/0", List.of(example(0, ReleasedRankers.SIGNALS.size(), ShopperContext.SIZE)));
        trainer.startAgain();
        for (int i = 0; i < BATCH; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        trainer.task.tick(0);

        TrainedModel published = trainer.published.get(trainer.published.size() - 1);
        assertThat(published.form().signals()).containsExactly(Signal.labels());
        assertThat(published.version()).isEqualTo(2);
        assertThat(published.measures().examples()).isEqualTo(3 * BATCH);
        assertThat(counters.get(KomboMetric.TRAINER_RESTARTS)).isZero();
    }

    @Test
    void shouldStartAnewWhereAStateIsOfAnotherKind() {
        Trainer trainer = new Trainer();
        trainer.learn(RankerNames.CONVERSION, example(0, ConversionFeature.count(), 0));
        trainer.task.tick(0);
        trainer.states.put(RankerNames.RELEVANCE, trainer.states.get(RankerNames.CONVERSION));
        trainer.startAgain();
        assertThat(counters.get(KomboMetric.TRAINER_RESTARTS)).isEqualTo(1);
        for (int i = 0; i < BATCH; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        trainer.task.tick(0);
        assertThat(trainer.published)
                .filteredOn(model -> model.name().equals(RankerNames.RELEVANCE))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.version()).as("goes on").isEqualTo(2);
                    assertThat(model.measures().examples()).isEqualTo(BATCH);
                });
    }

    @Test
    void shouldLeaveOutAStoredExampleThatCannotBeRead() {
        Trainer trainer = new Trainer();
        for (int i = 0; i < BATCH + 1; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        trainer.pending.damage(List.of(RankerNames.RELEVANCE + "/3"));
        trainer.startAgain();
        trainer.task.tick(0);

        assertThat(trainer.published)
                .singleElement()
                .satisfies(model -> assertThat(model.measures().examples()).isEqualTo(BATCH));
        assertThat(counters.get(KomboMetric.TRAINING_EXAMPLES, "foreign")).isEqualTo(1);
        assertThat(trainer.examples()).as("all are in the state").isZero();
    }

    @Test
    void shouldStartAnewWhereAStateCannotBeRead() {
        Trainer trainer = new Trainer();
        for (int i = 0; i < BATCH; i++) {
            trainer.learn(RankerNames.RELEVANCE, choice(i));
        }
        trainer.task.tick(0);
        trainer.states.damage(List.of(RankerNames.RELEVANCE));
        trainer.startAgain();
        assertThat(counters.get(KomboMetric.TRAINER_RESTARTS)).isEqualTo(1);
    }

    private static TrainingExample choice(int number) {
        return example(number, Signal.count(), ShopperContext.SIZE);
    }

    private static TrainingExample example(int number, int signals, int context) {
        long seed = StableHash.mix(number);
        float[] first = values(seed, signals);
        // The intercept of the conversion model.
        first[0] = context == 0 ? 1 : first[0];
        return new TrainingExample(
                1_000L + number,
                first,
                values(seed + 1, context),
                new float[0],
                number % 3 == 0 ? 1f : 0f,
                1f,
                number % 2,
                new float[0],
                ranks(number),
                "test",
                0);
    }

    /** The network is ahead, except in each fifth choice; each seventh does not count. */
    private static byte[] ranks(int number) {
        byte[] ranks = new byte[number % 7 == 0 ? 0 : Contestant.count()];
        Arrays.fill(ranks, (byte) (number % 5 == 0 ? 1 : 9));
        if (ranks.length > 0) {
            ranks[Contestant.DEEP.ordinal()] = 3;
        }
        return ranks;
    }

    /** Numbers from -1 to 1 that are not rounded when they are sent. */
    private static float[] values(long seed, int count) {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = StableHash.below(StableHash.combine(seed, k), 257) / 128f - 1;
        }
        return values;
    }

    /** A task whose tables outlive it. */
    private final class Trainer {
        private final FailingTable<TrainedModel> states = new FailingTable<>(states());
        private final FailingTable<List<TrainingExample>> pending = new FailingTable<>(pending());
        private final List<TrainerOutput> outputs = new ArrayList<>();
        private final List<TrainedModel> published = new ArrayList<>();
        private boolean refuses;
        private TrainerTask task;

        private Trainer() {
            startAgain();
        }

        private void startAgain() {
            task = new TrainerTask(states, pending, this::emit, settings.training(), settings.seed(), counters);
        }

        private void emit(TrainerOutput output) {
            if (refuses) {
                throw new IllegalStateException("refused");
            }
            outputs.add(output);
            published.add(output.model());
        }

        private void learn(String model, TrainingExample example) {
            task.accept(new TrainerInput(model, example), 0);
            task.beforeCommit(0);
        }

        private int examples() {
            List<TrainingExample> examples = new ArrayList<>();
            assertThat(pending.range(null, null, 10 * EXAMPLES, (key, value) -> examples.addAll(value.get())))
                    .isTrue();
            return examples.size();
        }
    }
}
