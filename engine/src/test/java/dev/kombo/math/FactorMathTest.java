package dev.kombo.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FactorMathTest {
    @Property(seed = "1", tries = 200)
    void shouldAgreeWithThePlainSumForEveryLength(@ForAll @IntRange(max = 70) int length, @ForAll int seed) {
        Random random = new Random(seed);
        float[] a = new float[length];
        float[] b = new float[length];
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < a.length; k++) {
            a[k] = random.nextFloat() * 20 - 10;
            b[k] = random.nextFloat() - 0.5f;
            sum += (double) a[k] * b[k];
            squares += (double) a[k] * a[k];
        }
        assertThat((double) FactorMath.dot(a, b)).isCloseTo(sum, within(1e-3));
        assertThat(FactorMath.norm(a)).isCloseTo(Math.sqrt(squares), within(1e-6));
    }

    @Test
    void shouldRefuseVectorsOfDifferentLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> FactorMath.dot(new float[3], new float[4]));
    }

    @Test
    void shouldGiveCosineOfTheAngle() {
        assertThat(FactorMath.cosine(new float[] {3, 0}, new float[] {2, 2})).isCloseTo(0.70710677f, within(1e-6f));
        assertThat(FactorMath.cosine(new float[] {1, 2}, new float[] {-2, -4})).isEqualTo(-1f);
        assertThat(FactorMath.cosine(new float[2], new float[] {1, 1})).isZero();
    }

    @Test
    void shouldFindWhatIsNotFinite() {
        assertThat(FactorMath.allFinite(new float[] {1, Float.MAX_VALUE, -Float.MAX_VALUE}))
                .isTrue();
        assertThat(FactorMath.allFinite(new float[] {1, 2, Float.NaN})).isFalse();
        assertThat(FactorMath.allFinite(new float[] {Float.NEGATIVE_INFINITY, 2}))
                .isFalse();
    }
}
