package dev.kombo.ranking.contest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContestantPropertyTest {
    private static final int LARGEST = 255;

    /** Candidates with random signals of few values, so that many tie. */
    private static final class RandomCandidates implements ScoredCandidates {
        private final float[][] rows;
        private final float[] scores;

        RandomCandidates(int size, int values, Random random) {
            // Longer than needed, as the ranker's own rows are.
            rows = new float[Signal.count()][size + 3];
            scores = new float[size];
            for (int c = 0; c < size + 3; c++) {
                for (float[] row : rows) {
                    row[c] = random.nextInt(values) - values / 2;
                }
            }
            for (int c = 0; c < size; c++) {
                scores[c] = random.nextInt(values);
            }
        }

        @Override
        public int size() {
            return scores.length;
        }

        @Override
        public int indexOf(long entityHash) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BundleEntry bundle(int index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float score(int index) {
            return scores[index];
        }

        @Override
        public float value(Signal signal, int index) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] standardized(int index) {
            float[] signals = new float[Signal.count()];
            for (int s = 0; s < signals.length; s++) {
                signals[s] = rows[s][index];
            }
            return signals;
        }

        @Override
        public float[][] rows() {
            return rows;
        }
    }

    @Property(tries = 200, seed = "26")
    void shouldRankAsASortedListDoes(
            @ForAll @IntRange(min = 1, max = 400) int size,
            @ForAll @IntRange(min = 1, max = 9) int values,
            @ForAll @IntRange(max = 100_000) int seed) {
        Random random = new Random(seed);
        RandomCandidates candidates = new RandomCandidates(size, values, random);
        float[] linear = new float[Signal.count() + 1];
        for (int s = 0; s < linear.length; s++) {
            // Sums of small whole numbers are exact, whatever the order.
            linear[s] = random.nextInt(5) - 2;
        }
        int chosen = random.nextInt(size);
        byte[] ranks = Contestant.ranks(candidates, chosen, linear);

        assertThat(ranks).hasSize(Contestant.count());
        for (Contestant contestant : Contestant.values()) {
            float[] scores = new float[size];
            for (int c = 0; c < size; c++) {
                scores[c] = contestant == Contestant.DEEP
                        ? candidates.score(c)
                        : score(contestant.weights(linear), candidates.standardized(c));
            }
            assertThat(ranks[contestant.ordinal()] & 0xff)
                    .as(contestant.label())
                    .isEqualTo(Math.min(LARGEST, rank(scores, chosen)));
        }
    }

    private static float score(float[] weights, float[] signals) {
        float score = 0;
        for (int s = 0; s < signals.length; s++) {
            score += weights[s] * signals[s];
        }
        return score;
    }

    /** The middle of the first and the last rank of those with the same score, rounded down. */
    private static int rank(float[] scores, int chosen) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        int last = 0;
        int first = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[sorted.length - 1 - i] == scores[chosen]) {
                first = first == 0 ? i + 1 : first;
                last = i + 1;
            }
        }
        return (first + last) / 2;
    }

    @Test
    void shouldNotDependOnTheIntercept() {
        RandomCandidates candidates = new RandomCandidates(50, 1000, new Random(1));
        float[] linear = Signal.priorWeights().clone();
        byte[] ranks = Contestant.ranks(candidates, 7, linear);
        linear[Signal.count()] = 100;
        assertThat(Contestant.ranks(candidates, 7, linear)).containsExactly(ranks);
    }

    @Test
    void shouldRankByEachLabelOnce() {
        assertThat(Contestant.values()).extracting(Contestant::label).doesNotHaveDuplicates();
        assertThat(Contestant.of(-1)).isEqualTo(Contestant.PRIOR);
        assertThat(Contestant.of(Contestant.count())).isEqualTo(Contestant.PRIOR);
        for (Contestant contestant : Contestant.values()) {
            assertThat(Contestant.of(contestant.ordinal())).isEqualTo(contestant);
        }
    }
}
