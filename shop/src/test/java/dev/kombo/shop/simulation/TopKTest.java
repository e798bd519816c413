package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TopKTest {
    private static final double OUT = Double.NEGATIVE_INFINITY;

    @Test
    void shouldGiveTheBestFirst() {
        assertThat(new TopK(3, 1).select(new double[] {0.1, 0.9, 0.5, 0.7, -1})).containsExactly(1, 3, 2);
    }

    @Test
    void shouldGiveFewerWhenTargetsAreTakenOut() {
        TopK top = new TopK(5, 1);

        assertThat(top.select(new double[] {0.1, OUT, 0.5, OUT})).containsExactly(2, 0);
        assertThat(top.select(new double[0])).isEmpty();
    }

    @Test
    void shouldOrderEqualsTheSameEachTimeAndNotByNumber() {
        double[] equal = new double[100];
        int[] first = new TopK(20, 7).select(equal);

        assertThat(new TopK(20, 7).select(equal)).isEqualTo(first);
        assertThat(new TopK(20, 8).select(equal)).isNotEqualTo(first);
        assertThat(Arrays.stream(first).average().orElseThrow())
                .as("neither the oldest nor the newest")
                .isBetween(25.0, 75.0);
        assertThat(new TopK(100, 7).select(equal)).startsWith(first);
    }

    @Test
    void shouldTakeBothZerosForEqual() {
        double[] scores = new double[50];
        Arrays.fill(scores, 0, 25, -0.0);

        assertThat(new TopK(10, 3).select(scores)).isEqualTo(new TopK(10, 3).select(new double[50]));
    }

    @Test
    void shouldRefuseWhenAScoreIsNoNumber() {
        assertThatThrownBy(() -> new TopK(1, 1).select(new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target 1 is NaN");
        assertThatThrownBy(() -> new TopK(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
