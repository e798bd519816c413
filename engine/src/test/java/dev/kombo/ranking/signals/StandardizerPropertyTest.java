package dev.kombo.ranking.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StandardizerPropertyTest {
    private static final double KNEE = 10;

    @Property(tries = 200, seed = "5")
    void shouldBringAnySignalToMean0AndDeviation1(
            @ForAll @IntRange(min = 2, max = 36) int count, @ForAll @IntRange(max = 100_000) int seed) {
        Random random = new Random(seed);
        // At most 36 values: none can lie more than 6 deviations out, so nothing is clipped.
        float[] raw = new float[count];
        double scale = Math.pow(10, random.nextInt(7) - 3);
        double offset = random.nextGaussian() * scale * 10;
        for (int i = 0; i < count; i++) {
            raw[i] = (float) (random.nextGaussian() * scale + offset);
        }
        float[] standardized = new float[count];
        assertThat(Standardizer.standardize(raw, standardized, count)).isTrue();

        double mean = 0;
        double squares = 0;
        for (float value : standardized) {
            mean += value / count;
            squares += (double) value * value / count;
        }
        assertThat(mean).isCloseTo(0, within(1e-3));
        assertThat(squares).isCloseTo(1, within(1e-3));
        for (int i = 1; i < count; i++) {
            if (raw[i] > raw[i - 1]) {
                assertThat(standardized[i]).isGreaterThanOrEqualTo(standardized[i - 1]);
            }
        }
    }

    @Property(tries = 200, seed = "6")
    void shouldEqualTwoPassesWhenTheFirstValueLiesFarOut(
            @ForAll @IntRange(min = 3, max = 301) int count, @ForAll @IntRange(max = 100_000) int seed) {
        Random random = new Random(seed);
        float[] raw = new float[count];
        for (int i = 0; i < count; i++) {
            raw[i] = 50 + (float) random.nextGaussian();
        }
        raw[0] = (float) (Math.pow(10, random.nextInt(7)) * random.nextGaussian());
        double mean = 0;
        for (float value : raw) {
            mean += (double) value / count;
        }
        double squares = 0;
        for (float value : raw) {
            squares += (value - mean) * (value - mean) / count;
        }
        float[] standardized = new float[count];
        assertThat(Standardizer.standardize(raw, standardized, count)).isTrue();
        for (int i = 0; i < count; i++) {
            double z = (raw[i] - mean) / Math.sqrt(squares);
            double beyond = Math.max(0, Math.abs(z) - KNEE);
            double expected = Math.signum(z) * Math.min(Standardizer.CLIP, Math.abs(z) - beyond + Math.log1p(beyond));
            assertThat((double) standardized[i]).isCloseTo(expected, within(1e-4));
        }
    }

    /** Long tails, so that values lie on both sides of the knee and beyond the bound. */
    @Property(tries = 200, seed = "26")
    void shouldKeepTheOrderOfCandidatesBelowTheBound(@ForAll @IntRange(max = 100_000) int seed) {
        Random random = new Random(seed);
        float[] raw = new float[2_000];
        for (int i = 0; i < raw.length; i++) {
            raw[i] =
                    (float) Math.exp((1 + random.nextInt(3)) * random.nextGaussian()) * (random.nextBoolean() ? 1 : -1);
        }
        Arrays.sort(raw);
        float[] standardized = new float[raw.length];
        assertThat(Standardizer.standardize(raw, standardized, raw.length)).isTrue();
        for (int i = 1; i < raw.length; i++) {
            assertThat(standardized[i]).isBetween(-Standardizer.CLIP, Standardizer.CLIP);
            assertThat(standardized[i]).isGreaterThanOrEqualTo(standardized[i - 1]);
            boolean beyondTheKnee = standardized[i] > KNEE && standardized[i] < Standardizer.CLIP;
            if (beyondTheKnee && raw[i] > raw[i - 1] * 1.001f) {
                assertThat(standardized[i]).isGreaterThan(standardized[i - 1]);
            }
        }
    }

    @Test
    void shouldAnswerZerosWhenASignalIsConstantOrNotFinite() {
        float[] standardized = {9, 9, 9};
        assertThat(Standardizer.standardize(new float[] {1e6f, 1e6f, 1e6f}, standardized, 3))
                .isFalse();
        assertThat(standardized).containsOnly(0f);

        standardized[1] = 9;
        assertThat(Standardizer.standardize(new float[] {1f, Float.NaN, 2f}, standardized, 3))
                .isFalse();
        assertThat(standardized).containsOnly(0f);

        standardized[1] = 9;
        assertThat(Standardizer.standardize(new float[] {1f, Float.POSITIVE_INFINITY, 2f}, standardized, 3))
                .isFalse();
        assertThat(standardized).containsOnly(0f);
    }

    @Test
    void shouldClipWhenOneValueLiesFarOut() {
        float[] raw = new float[40_000];
        raw[7] = 1;
        float[] standardized = new float[raw.length];
        Standardizer.standardize(raw, standardized, raw.length);
        assertThat(standardized[7]).as("200 deviations out").isEqualTo(Standardizer.CLIP);
    }
}
