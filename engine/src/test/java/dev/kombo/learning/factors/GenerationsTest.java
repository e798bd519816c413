package dev.kombo.learning.factors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.math.FactorMath;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private static final int FACTORS = 2;
    private static final long TIMEOUT = 1_000;

    private final Generations generations = new Generations(FACTORS, 0, 2, TIMEOUT);

    private static float[] gram(float scale) {
        Gram gram = new Gram(FACTORS);
        gram.add(new float[] {scale, 0});
        gram.add(new float[] {0, scale});
        return gram.toFloats();
    }

    private FactorBasis sweepEnded(int partition, int generation, float scale, long now) {
        return generations.sweepEnded(partition, generation, gram(scale), 2, 10, now);
    }

    private static float whitened(FactorBasis basis) {
        float[] whitened = new float[FACTORS];
        basis.whiten(new float[] {1, 0}, whitened);
        return whitened[0];
    }

    @Test
    void shouldHoldWhenEveryPartitionHasToldOfIt() {
        assertThat(generations.basis()).isNull();
        assertThat(generations.next()).isEqualTo(1);
        assertThat(sweepEnded(0, 1, 3, 0)).isNull();
        assertThat(generations.begun()).isTrue();
        FactorBasis basis = sweepEnded(1, 1, 4, 1);
        assertThat(basis).isSameAs(generations.basis());
        assertThat(basis.generation()).isEqualTo(1);
        assertThat(generations.begun()).isFalse();
        assertThat(generations.next()).isEqualTo(2);
        assertThat(generations.endedBy(1)).isEqualTo(1);
        assertThat(generations.updates(1)).isEqualTo(10);
        // The sum of both parts: 1 / sqrt(9 + 16).
        assertThat(whitened(basis)).isEqualTo(0.2f);
    }

    @Test
    void shouldHoldAfterTheTimeoutWithTheOlderPartOfThoseThatAreLate() {
        sweepEnded(0, 1, 3, 0);
        sweepEnded(1, 1, 4, 0);
        assertThat(sweepEnded(0, 2, 12, 5)).isNull();
        assertThat(generations.settle(4 + TIMEOUT)).isNull();
        FactorBasis basis = generations.settle(5 + TIMEOUT);
        assertThat(basis.generation()).isEqualTo(2);
        assertThat(whitened(basis)).isEqualTo((float) (1 / Math.sqrt(144 + 16)));
        assertThat(generations.settle(9 + TIMEOUT)).isNull();
        // Reported at last: too late to change anything.
        assertThat(sweepEnded(1, 2, 5, 10 + TIMEOUT)).isNull();
        assertThat(generations.next()).isEqualTo(3);
    }

    @Test
    void shouldGoOnAfterARestartWithWhatAllToldLast() {
        assertThat(sweepEnded(0, 8, 3, 0)).isNull();
        assertThat(sweepEnded(1, 7, 4, 0).generation()).isEqualTo(8);
        assertThat(generations.next()).isEqualTo(9);
    }

    @Test
    void shouldKeepTheLastGoodVectorsWhereASweepDiverges() {
        sweepEnded(0, 1, 3, 0);
        FactorBasis good = sweepEnded(1, 1, 4, 0);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e8f, 1e-8f, 0f}) {
            int next = generations.next();
            assertThat(sweepEnded(0, next, bad, 0)).isNull();
            assertThat(sweepEnded(1, next, bad, 0)).isNull();
            assertThat(generations.basis()).isSameAs(good);
        }
        assertThat(generations.refused()).isEqualTo(5);
        assertThat(generations.next()).isEqualTo(7);
        sweepEnded(0, 7, 3, 0);
        assertThat(sweepEnded(1, 7, 5, 0).generation()).isEqualTo(7);
    }

    @Test
    void shouldLeaveOutPartsOfAServiceWithMorePartitionsOrFewerFactors() {
        assertThat(sweepEnded(2, 1, 3, 0)).isNull();
        assertThat(generations.sweepEnded(0, 1, new float[1], 2, 10, 0)).isNull();
        assertThat(generations.begun()).isFalse();
    }

    @Test
    void shouldSweepWhenATwentiethIsNewWithinBoundsOfTheRows() {
        assertThat(SweepCadence.updates(0, 0, 0.25)).isEqualTo(100);
        assertThat(SweepCadence.updates(10_000, 1_000, 0.25)).isEqualTo(500);
        assertThat(SweepCadence.updates(5_000, 4_000, 0.25)).isEqualTo(1_000);
        assertThat(SweepCadence.updates(1_000_000, 4_000, 0.25)).isEqualTo(16_000);
        assertThat(SweepCadence.updates(1_000_000, 4_000, 10)).isEqualTo(40_000);
    }

    @Test
    void shouldCutTheSumsOfLongerVectorsAndIgnoreThoseOfShorterOnes() {
        float[][] vectors = {{1, 2, 3, 4}, {-2, 0.5f, 7, 1}, {0, 3, -1, 2}};
        Gram longer = new Gram(4);
        Gram cut = new Gram(FACTORS);
        Gram shorter = new Gram(1);
        for (float[] vector : vectors) {
            longer.add(vector);
            cut.add(FactorMath.cut(vector, FACTORS));
            shorter.add(FactorMath.cut(vector, 1));
        }
        assertThat(Gram.cut(longer.toFloats(), FACTORS)).containsExactly(cut.toFloats());
        assertThat(generations.sweepEnded(0, 5, longer.toFloats(), 3, 10, 0)).isNull();
        assertThat(generations.sweepEnded(1, 5, shorter.toFloats(), 3, 10, 0)).isNull();
        assertThat(generations.sweepEnded(1, 5, longer.toFloats(), 3, 10, 0)).isNotNull();
    }
}
