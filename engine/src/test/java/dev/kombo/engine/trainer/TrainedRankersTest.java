package dev.kombo.engine.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kombo.engine.event.RankerExample;
import dev.kombo.learning.network.NetworkBlock;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainedRankersTest {
    private static final int EXAMPLES = 300;

    private static RankerTrainer trainer(NetworkShape shape) {
        return new RankerTrainer(shape, NetworkSettings.of(SettingValues.defaults()), 1);
    }

    /** A trainer in which occasions have different champions. */
    private static RankerTrainer trained(NetworkShape shape) {
        RankerTrainer trainer = trainer(shape);
        Random random = new Random(26);
        for (int i = 0; i < EXAMPLES; i++) {
            trainer.learn(example(Occasion.of(i % Occasion.count()), random));
        }
        return trainer;
    }

    private static RankerExample example(Occasion occasion, Random random) {
        List<float[]> signals = new ArrayList<>();
        for (int c = 0; c < 3; c++) {
            float[] each = new float[Signal.count()];
            for (int s = 0; s < each.length; s++) {
                each[s] = (float) random.nextGaussian();
            }
            signals.add(each);
        }
        byte[] ranks = new byte[Contestant.count()];
        Arrays.fill(ranks, (byte) 9);
        ranks[
                List.of(Contestant.LINEAR, Contestant.DEEP, Contestant.OVERLAP)
                        .get(occasion.ordinal())
                        .ordinal()] = 1;
        List<float[]> sequences = List.of(new float[0], new float[0], new float[0]);
        return new RankerExample(
                5, signals, new float[ShopperContext.SIZE], sequences, 1f, 1f, occasion, new float[] {0, -2, 0}, ranks);
    }

    private static TrainedModel record(RankerTrainer trainer, NetworkShape shape) {
        return TrainedRankers.of(7, shape, trainer.state(), 5);
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldGiveTheRankersOfTheTrainerFromWhatIsPublished(NetworkShape.Architecture kind) {
        NetworkShape shape = Ranker.shape(kind);
        RankerTrainer trainer = trained(shape);
        Rankers read = TrainedRankers.rankers(TrainedRankers.published(record(trainer, shape), shape), shape);
        Rankers expected = trainer.rankers(7);

        assertThat(read.inForce()).extracting(Ranker::name).containsExactly(names(expected));
        assertThat(read.inForce().get(Occasion.EMPTY_BASKET.ordinal()).name()).isEqualTo("linear");
        assertThat(read.inForce().get(Occasion.BASKET.ordinal())).isSameAs(read.network());
        for (int occasion = 0; occasion < Occasion.count(); occasion++) {
            requireSame(read.inForce().get(occasion), expected.inForce().get(occasion));
            assertThat(read.linear().get(occasion))
                    .containsExactly(expected.linear().get(occasion));
        }
        assertThat(read.linear().get(0))
                .as("each occasion learns its own")
                .isNotEqualTo(read.linear().get(1));
    }

    private static String[] names(Rankers rankers) {
        return rankers.inForce().stream().map(Ranker::name).toArray(String[]::new);
    }

    private static void requireSame(Ranker actual, Ranker expected) {
        assertThat(actual.weights()).containsExactly(expected.weights());
        assertThat(List.of(actual.slope(), actual.offset(), actual.version(), actual.shape()))
                .isEqualTo(List.of(expected.slope(), expected.offset(), expected.version(), expected.shape()));
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldRestoreTheWholeStateOfTheTrainer(NetworkShape.Architecture kind) {
        NetworkShape shape = Ranker.shape(kind);
        RankerTrainer trainer = trained(shape);
        TrainedModel stored = record(trainer, shape);
        RankerTrainer again = trainer(shape);
        again.restore(TrainedRankers.state(stored, shape));
        assertThat(record(again, shape)).usingRecursiveComparison().isEqualTo(stored);

        Random random = new Random(27);
        Random same = new Random(27);
        for (int i = 0; i < 100; i++) {
            trainer.learn(example(Occasion.of(i % Occasion.count()), random));
            again.learn(example(Occasion.of(i % Occasion.count()), same));
        }
        assertThat(record(again, shape)).usingRecursiveComparison().isEqualTo(record(trainer, shape));
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldGoOnFromTheStateOfATrainerOfVersion02(NetworkShape.Architecture kind) {
        NetworkShape shape = Ranker.shape(kind);
        TrainedModel stored = record(trained(shape), shape);
        TrainedModel released = ReleasedRankers.of(stored, shape);
        assertThat(TrainedRankers.matches(released, shape)).isTrue();
        TrainedModel adapted = TrainedRankers.adapted(released, shape);
        RankerTrainer trainer = trainer(shape);
        trainer.restore(TrainedRankers.state(adapted, shape));

        assertThat(trainer.state().network().examples())
                .isEqualTo(stored.measures().examples());
        requireAdapted(trainer.state().network().weights(), stored.weights(), shape);
        float[] optimizer = trainer.state().network().optimizer();
        float[] before = stored.progress().moments();
        int good = 2 * shape.weights();
        requireAdapted(
                Arrays.copyOfRange(optimizer, good, optimizer.length),
                Arrays.copyOfRange(before, good, before.length),
                shape);
        assertThat(optimizer[Signal.NEIGHBOR_SHARES.ordinal()])
                .as("no moment yet")
                .isZero();
        assertThat(optimizer[Signal.COSINE.ordinal()]).isNotZero().isEqualTo(before[Signal.COSINE.ordinal()]);

        trainer.learn(example(Occasion.BASKET, new Random(1)));
        assertThat(record(trainer, shape).form().signals()).containsExactly(Signal.labels());
    }

    /**
     * Weights of the signals of 0.2.0 are as before; a new one has its prior weight and no part in the dense layers.
     */
    private static void requireAdapted(float[] actual, float[] before, NetworkShape shape) {
        float[] expected = before.clone();
        int first = shape.offset(NetworkBlock.FIRST);
        for (Signal signal : Signal.values()) {
            if (!ReleasedRankers.SIGNALS.contains(signal.label())) {
                expected[signal.ordinal()] = Signal.priorWeights()[signal.ordinal()];
                int from = first + signal.ordinal() * shape.hidden();
                if (shape.kind().deep()) {
                    Arrays.fill(expected, from, from + shape.hidden(), 0f);
                }
            }
        }
        assertThat(actual).containsExactly(expected);
    }

    @Test
    void shouldGoOnRankingByTheNetworkWhereAPublishedModelHasNoContest() {
        NetworkShape shape = Ranker.shape(NetworkShape.Architecture.DENSE);
        TrainedModel published = TrainedRankers.published(record(trained(shape), shape), shape);
        Rankers rankers =
                TrainedRankers.rankers(TrainedRankers.adapted(ReleasedRankers.of(published, shape), shape), shape);

        assertThat(rankers.network().version()).isEqualTo(7);
        assertThat(rankers.inForce()).extracting(Ranker::name).containsExactly("dense", "dense", "holdings");
        assertThat(rankers.linear()).allSatisfy(weights -> assertThat(weights).containsExactly(Signal.priorWeights()));
    }

    @Test
    void shouldDropSignalsThatThisVersionDoesNotKnow() {
        NetworkShape shape = Ranker.shape(NetworkShape.Architecture.LINEAR);
        float[] weights = {7, 2, 0.5f};
        TrainedModel model = with(record(trainer(shape), shape), List.of("tomorrow", "dot"), weights, new float[0]);
        float[] expected = Signal.priorWeights().clone();
        expected[Signal.DOT.ordinal()] = 2;
        expected[Signal.count()] = 0.5f;
        assertThat(TrainedRankers.adapted(model, shape).weights()).containsExactly(expected);
    }

    @Test
    void shouldRefuseAModelWhoseWeightsDoNotFitItsOwnSignals() {
        NetworkShape shape = Ranker.shape(NetworkShape.Architecture.DENSE);
        TrainedModel own = record(trainer(shape), shape);
        float[] moments = own.progress().moments();
        TrainedModel model = with(own, List.of("dot", "cosine"), own.weights(), moments);
        assertThatIllegalArgumentException().isThrownBy(() -> TrainedRankers.adapted(model, shape));
        TrainedModel none = with(own, List.of(), own.weights(), moments);
        assertThatIllegalArgumentException().isThrownBy(() -> TrainedRankers.adapted(none, shape));
    }

    private static TrainedModel with(TrainedModel model, List<String> signals, float[] weights, float[] moments) {
        TrainedModel.Form form = model.form();
        TrainedModel.Progress progress = model.progress();
        return new TrainedModel(
                model.name(),
                model.version(),
                new TrainedModel.Form(
                        form.kind(), form.context(), form.hidden(), form.steps(), form.stepFeatures(), signals),
                weights,
                model.linear(),
                model.contest(),
                model.calibration(),
                model.odds(),
                new TrainedModel.Progress(moments, progress.waiting(), progress.counts(), progress.linear()),
                model.measures(),
                model.trainedAt());
    }
}
