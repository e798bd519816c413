package dev.kombo.ranking.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.network.NetworkExample;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContestTest {
    private static final List<float[]> LINEAR = Collections.nCopies(Occasion.count(), Signal.priorWeights());
    private static final Ranker NETWORK = Ranker.prior(NetworkShape.Architecture.DENSE, 1);

    private final Contest contest = new Contest();

    /** All rank the choice alike, except one. */
    private static byte[] ranks(int usual, Contestant other, int rank) {
        byte[] ranks = new byte[Contestant.count()];
        Arrays.fill(ranks, (byte) usual);
        ranks[other.ordinal()] = (byte) rank;
        return ranks;
    }

    private static byte[] randomRanks(Random random, int largest) {
        byte[] ranks = new byte[Contestant.count()];
        for (int c = 0; c < ranks.length; c++) {
            ranks[c] = (byte) (1 + random.nextInt(largest));
        }
        return ranks;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 0.5", "7, 0.3333333", "20, 0.2276702", "21, 0", "255, 0", "0, 0"})
    void shouldGainLessTheLowerTheRank(int rank, double gain) {
        assertThat(Contest.gain(rank)).isCloseTo(gain, within(1e-6));
        contest.observe(Occasion.BASKET, ranks(1, Contestant.DEEP, rank));
        assertThat(contest.gain(Occasion.BASKET, Contestant.DEEP)).isCloseTo(gain, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(value = Contestant.class, mode = EnumSource.Mode.EXCLUDE, names = "PRIOR")
    void shouldPutInForceWhoIsAheadOnceThereAreEnoughChoices(Contestant better) {
        for (int i = 0; i < 49; i++) {
            assertThat(contest.observe(Occasion.BASKET, ranks(3, better, 1))).isFalse();
        }
        assertThat(contest.champion(Occasion.BASKET)).isEqualTo(Contestant.PRIOR);
        int changes = 0;
        for (int i = 0; i < 20; i++) {
            changes += contest.observe(Occasion.BASKET, ranks(3, better, 1)) ? 1 : 0;
        }

        assertThat(changes).as("it is told once").isEqualTo(1);
        assertThat(contest.champion(Occasion.BASKET)).isEqualTo(better);
        assertThat(contest.choices(Occasion.BASKET)).isEqualTo(69);
        assertThat(contest.champion(Occasion.EMPTY_BASKET))
                .as("nothing was chosen there")
                .isEqualTo(Contestant.PRIOR);
        assertThat(contest.champion(Occasion.HOLDINGS))
                .as("where there are holdings, the fit to them is first")
                .isEqualTo(Contestant.HOLDINGS);
        assertThat(contest.choices(Occasion.HOLDINGS)).isZero();
    }

    /**
     * It ranks the choice among the first 6 of 20, the others anywhere, so that it is often behind, but not on average.
     */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5"})
    void shouldFindWhoIsAheadThroughNoise(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] ranks = randomRanks(random, 20);
            ranks[Contestant.OVERLAP.ordinal()] = (byte) (1 + random.nextInt(6));
            contest.observe(Occasion.EMPTY_BASKET, ranks);
        }
        assertThat(contest.champion(Occasion.EMPTY_BASKET)).as("seed " + seed).isEqualTo(Contestant.OVERLAP);
    }

    @Test
    void shouldNeverReplaceTheRankerInForceByOneThatRanksTheSame() {
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            byte[] ranks = new byte[Contestant.count()];
            Arrays.fill(ranks, (byte) (1 + random.nextInt(30)));
            assertThat(contest.observe(Occasion.EMPTY_BASKET, ranks)).isFalse();
        }
        assertThat(contest.error(Occasion.EMPTY_BASKET, Contestant.PRIOR, Contestant.DEEP))
                .isZero();
        assertThat(contest.champion(Occasion.EMPTY_BASKET)).isEqualTo(Contestant.PRIOR);
    }

    /** The network ranks one choice more before the rule of thumb than the other way round. */
    @Test
    void shouldTakeTheSimplerOfTwoThatCannotBeToldApart() {
        for (int i = 0; i < 61; i++) {
            byte[] ranks = ranks(9, Contestant.DEEP, 1 + i % 2);
            ranks[Contestant.OVERLAP.ordinal()] = (byte) (2 - i % 2);
            contest.observe(Occasion.BASKET, ranks);
        }
        assertThat(contest.gain(Occasion.BASKET, Contestant.DEEP))
                .isGreaterThan(contest.gain(Occasion.BASKET, Contestant.OVERLAP));
        assertThat(contest.champion(Occasion.BASKET)).isEqualTo(Contestant.OVERLAP);
    }

    /** Six others are asked after each choice, so luck has many tries. */
    @Test
    void shouldSeldomReplaceTheRankerInForceByLuck() {
        int contests = 200;
        int changes = 0;
        for (int seed = 0; seed < contests; seed++) {
            Contest other = new Contest();
            Random random = new Random(seed);
            for (int i = 0; i < 300; i++) {
                changes += other.observe(Occasion.EMPTY_BASKET, randomRanks(random, 30)) ? 1 : 0;
            }
        }
        assertThat(changes).as("32 when this was written").isLessThan(contests / 5);
    }

    @Test
    void shouldFollowWhenAnotherIsAheadFromSomeTimeOn() {
        for (int i = 0; i < 300; i++) {
            contest.observe(Occasion.EMPTY_BASKET, ranks(20, Contestant.LINEAR, 2));
        }
        assertThat(contest.champion(Occasion.EMPTY_BASKET)).isEqualTo(Contestant.LINEAR);
        for (int i = 0; i < 8_000; i++) {
            contest.observe(Occasion.EMPTY_BASKET, ranks(20, Contestant.POPULARITY, 2));
        }
        assertThat(contest.champion(Occasion.EMPTY_BASKET)).isEqualTo(Contestant.POPULARITY);
        assertThat(contest.gain(Occasion.EMPTY_BASKET, Contestant.LINEAR))
                .as("four half-lives later")
                .isCloseTo(Contest.gain(20), within(0.003));
    }

    @Test
    void shouldCountOccasionsIndependentlyOfTheirOrder() {
        Contest mixed = new Contest();
        Random random = new Random(3);
        byte[][] choices = new byte[300][];
        Arrays.setAll(choices, i -> randomRanks(random, 25));
        for (Occasion occasion : Occasion.values()) {
            for (int i = occasion.ordinal(); i < choices.length; i += Occasion.count()) {
                contest.observe(occasion, choices[i]);
            }
        }
        for (int i = 0; i < choices.length; i++) {
            mixed.observe(Occasion.of(i % Occasion.count()), choices[i]);
        }
        assertThat(mixed.values()).containsExactly(contest.values());
    }

    @Test
    void shouldGoOnFromItsStoredValues() {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            observeAndCalibrate(contest, random);
        }
        Contest restored = new Contest(contest.values());
        assertThat(restored.values()).containsExactly(contest.values());
        Random again = new Random(12);
        Random same = new Random(12);
        for (int i = 0; i < 200; i++) {
            observeAndCalibrate(contest, again);
            observeAndCalibrate(restored, same);
        }
        assertThat(restored.values()).containsExactly(contest.values());
        assertThat(new Contest(new double[0]).values()).containsExactly(new Contest().values());
        assertThat(new Contest(Arrays.copyOf(contest.values(), 100)).values())
                .as("of other contestants: it begins anew")
                .containsExactly(new Contest().values());
    }

    private static void observeAndCalibrate(Contest contest, Random random) {
        Occasion occasion = Occasion.of(random.nextInt(Occasion.count()));
        contest.calibrate(occasion, Signal.priorWeights(), List.of(example((float) random.nextGaussian(), 1)));
        contest.observe(occasion, randomRanks(random, 25));
    }

    @Test
    void shouldIgnoreRanksOfOtherContestants() {
        double[] before = contest.values();
        assertThat(contest.observe(Occasion.BASKET, new byte[Contestant.count() - 1]))
                .isFalse();
        assertThat(contest.observe(Occasion.BASKET, new byte[0])).isFalse();
        assertThat(contest.values()).containsExactly(before);
    }

    @Test
    void shouldTellTheFrequencyOfWhatIsWantedByTheRankerInForce() {
        for (int i = 0; i < 100; i++) {
            contest.observe(Occasion.BASKET, ranks(9, Contestant.POPULARITY, 1));
        }
        Random random = new Random(5);
        for (int i = 0; i < 8000; i++) {
            float signal = (float) random.nextGaussian();
            contest.calibrate(
                    Occasion.BASKET,
                    Signal.priorWeights(),
                    List.of(example(signal, random.nextDouble() < frequency(signal) ? 1 : 0)));
        }
        Rankers rankers = contest.rankers(NETWORK, LINEAR);
        Ranker simple = rankers.inForce().get(Occasion.BASKET.ordinal());
        assertThat(simple.name()).isEqualTo("popularity");
        for (float signal : new float[] {-2, -1, 0, 1, 2}) {
            double score = simple.weights()[Signal.POPULARITY_LONG.ordinal()] * signal;
            assertThat(simple.probability(score)).as("signal " + signal).isCloseTo(frequency(signal), within(0.04));
        }

        for (int i = 0; i < 1000; i++) {
            contest.observe(Occasion.BASKET, ranks(9, Contestant.OVERLAP, 1));
        }
        Ranker next = contest.rankers(NETWORK, LINEAR).inForce().get(Occasion.BASKET.ordinal());
        assertThat(next.name()).isEqualTo("overlap");
        assertThat(next.probability(0)).as("learned before it took over").isCloseTo(0.2, within(0.04));
    }

    private static double frequency(float signal) {
        return 1 / (1 + Math.exp(-(0.7 * signal - 1.5)));
    }

    private static NetworkExample example(float popularity, float label) {
        float[] signals = new float[Signal.count()];
        signals[Signal.POPULARITY_LONG.ordinal()] = popularity;
        return new NetworkExample(signals, new float[ShopperContext.SIZE], new float[0], label, 1f, 0f);
    }

    @Test
    void shouldRankByTheNetworkOnlyWhereItIsAhead() {
        for (int i = 0; i < 100; i++) {
            contest.observe(Occasion.HOLDINGS, ranks(9, Contestant.DEEP, 1));
            contest.observe(Occasion.BASKET, ranks(9, Contestant.LINEAR, 1));
        }
        float[] trained = new float[Signal.count() + 1];
        Rankers rankers = contest.rankers(NETWORK, Collections.nCopies(Occasion.count(), trained));

        assertThat(rankers.inForce().get(Occasion.HOLDINGS.ordinal())).isSameAs(NETWORK);
        assertThat(rankers.inForce().get(Occasion.BASKET.ordinal()).weights()).isSameAs(trained);
        Ranker first = rankers.inForce().get(Occasion.EMPTY_BASKET.ordinal());
        assertThat(first.name()).isEqualTo("prior");
        assertThat(first.weights()).containsExactly(Signal.priorWeights());
        assertThat(first.version()).isEqualTo(NETWORK.version());
    }

    @Test
    void shouldValueBundlesByWhatAShopStartsWithWhereTheLinearWeightsWin() {
        for (int i = 0; i < 100; i++) {
            contest.observe(Occasion.BASKET, ranks(9, Contestant.LINEAR, 1));
            contest.observe(Occasion.HOLDINGS, ranks(9, Contestant.LINEAR, 1));
            contest.observe(Occasion.EMPTY_BASKET, ranks(9, Contestant.DEEP, 1));
        }
        Rankers rankers = contest.rankers(NETWORK, LINEAR);

        assertThat(rankers.inForce()).extracting(Ranker::name).containsOnlyOnce(NETWORK.name());
        assertThat(rankers.valuing().get(Occasion.EMPTY_BASKET.ordinal())).isSameAs(NETWORK);
        Ranker basket = rankers.valuing().get(Occasion.BASKET.ordinal());
        assertThat(basket.name()).isEqualTo("prior");
        assertThat(basket.weights()).containsExactly(Signal.priorWeights());
        assertThat(rankers.valuing().get(Occasion.HOLDINGS.ordinal()).name()).isEqualTo("holdings");
    }
}
