package dev.kombo.learning.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.network.NetworkExample;
import dev.kombo.learning.network.NetworkScorer;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkState;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.learning.network.SequenceRows;
import dev.kombo.math.FactorMath;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Signals from vectors (product, cosine, and cosine with the members) while sweeps replace the vectors: a pair's
 * signals change little, so that weights learned with one generation hold for the next.
 */
class MovingVectorsTest {
    private static final int TARGETS = RowProductTest.TARGETS;
    private static final int SIGNALS = 3;
    private static final int HISTORY = 6;
    private static final int BEST = 8;
    private static final int GENERATIONS = 10;

    /** Share of its range by which a signal of a shopper and a bundle may change between generations. */
    private static final float MOST_CHANGE = 0.02f;

    /** Recall that weights learned over ten generations may lose against those learned with the last one only. */
    private static final double MOST_LOSS = 0.002;

    /** A shopper's interactions, and the next one. */
    private record Choice(int[] touched, int taken) {}

    private static List<Choice> choices(int count, int seed) {
        Random random = new Random(seed);
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int group = random.nextInt(RowProductTest.GROUPS);
            int[] own = IntStream.range(0, TARGETS)
                    .filter(entity -> RowProductTest.group(entity) == group)
                    .toArray();
            int[] touched =
                    random.ints(HISTORY, 0, own.length).map(at -> own[at]).toArray();
            // Some take what nothing predicts.
            int taken = random.nextInt(4) == 0 ? random.nextInt(TARGETS) : own[random.nextInt(own.length)];
            choices.add(new Choice(touched, taken));
        }
        return choices;
    }

    /** One row per signal, one column per entity, which is a bundle of itself and the next. */
    private static float[][] signals(SweptRows shop, int[] touched) {
        float[] user = new float[SweptRows.FACTORS];
        for (int entity : touched) {
            shop.addTo(entity, 1f, user);
        }
        float[][] signals = new float[SIGNALS][TARGETS];
        for (int entity = 0; entity < TARGETS; entity++) {
            float[] vector = shop.whitened(entity);
            float[] members = vector.clone();
            FactorMath.addScaled(members, 1f, shop.whitened((entity + 1) % TARGETS), members.length);
            signals[0][entity] = (float) (shop.massRoot(entity) * FactorMath.dot(user, vector));
            signals[1][entity] = FactorMath.cosine(user, vector);
            signals[2][entity] = FactorMath.cosine(user, members);
        }
        return signals;
    }

    private static void learn(NetworkTrainer trainer, NetworkState state, float[][] signals, Choice choice, int seed) {
        Random random = new Random(seed);
        List<NetworkExample> group = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int entity = i == 0 ? choice.taken() : random.nextInt(TARGETS);
            float[] column = new float[SIGNALS];
            for (int s = 0; s < SIGNALS; s++) {
                column[s] = signals[s][entity];
            }
            group.add(
                    new NetworkExample(column, new float[0], new float[0], entity == choice.taken() ? 1f : 0f, 1f, 0f));
        }
        trainer.learn(state, group);
    }

    private static double recall(NetworkShape shape, NetworkState state, SweptRows shop, List<Choice> asked) {
        NetworkScorer scorer = new NetworkScorer(shape, TARGETS);
        float[] logits = new float[TARGETS];
        int found = 0;
        for (Choice choice : asked) {
            scorer.score(
                    state.weights(), signals(shop, choice.touched()), new float[0], SequenceRows.NONE, TARGETS, logits);
            float wanted = logits[choice.taken()];
            found += IntStream.range(0, TARGETS).filter(t -> logits[t] > wanted).count() < BEST ? 1 : 0;
        }
        return (double) found / asked.size();
    }

    @Test
    void shouldLeaveSignalsOfPairsNearlyAsTheyWereInTheNextGeneration() {
        SweptRows shop = RowProductTest.swept(60);
        for (Choice choice : choices(50, 1)) {
            float[][] before = signals(shop, choice.touched());
            shop.sweep();
            float[][] after = signals(shop, choice.touched());
            for (int s = 0; s < SIGNALS; s++) {
                float[] sorted = before[s].clone();
                Arrays.sort(sorted);
                float range = sorted[TARGETS - 1] - sorted[0];
                assertThat(range).isPositive();
                assertThat(after[s]).as("signal %s", s).containsExactly(before[s], within(MOST_CHANGE * range));
            }
        }
    }

    @Test
    void shouldLoseNothingByWeightsThatWereLearnedOverTenGenerations() {
        NetworkShape shape = new NetworkShape(NetworkShape.Architecture.DENSE, SIGNALS, 0, 64, 16, 5);
        NetworkSettings settings = NetworkSettings.of(SettingValues.defaults());
        float[] prior = new float[SIGNALS + 1];
        NetworkTrainer trainer = new NetworkTrainer(shape, settings, prior, 1);
        NetworkState moving = trainer.start();
        NetworkState frozen = trainer.start();
        List<Choice> learned = choices(4_000, 2);
        SweptRows shop = RowProductTest.swept(2);
        for (int i = 0; i < learned.size(); i++) {
            if (i % (learned.size() / GENERATIONS) == 0) {
                shop.sweep();
            }
            learn(trainer, moving, signals(shop, learned.get(i).touched()), learned.get(i), i);
        }
        for (int i = 0; i < learned.size(); i++) {
            learn(trainer, frozen, signals(shop, learned.get(i).touched()), learned.get(i), i);
        }
        List<Choice> asked = choices(5_000, 3);
        double best = recall(shape, frozen, shop, asked);
        assertThat(best).as("the vectors tell much").isGreaterThan(0.5);
        assertThat(recall(shape, moving, shop, asked)).isGreaterThan(best - MOST_LOSS);
    }
}
