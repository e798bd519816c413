package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.StableHash;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NegativeSamplerTest {
    @Property(seed = "5", tries = 300)
    void shouldDrawDistinctTargetsThatAreNotPositive(
            @ForAll long hash, @ForAll @IntRange(min = 1, max = 200) int size, @ForAll @IntRange(max = 8) int wanted) {
        int[] positives = {0, size / 2, size - 1, -1, size + 5};
        int[] out = new int[8];
        int drawn = NegativeSampler.sample(hash, size, positives, wanted, out);
        assertThat(drawn).isBetween(0, wanted);
        int[] sample = Arrays.copyOf(out, drawn);
        assertThat(Arrays.stream(sample).distinct().count()).isEqualTo(drawn);
        assertThat(sample).doesNotContain(positives);
        assertThat(Arrays.stream(sample).allMatch(i -> i >= 0 && i < size)).isTrue();
        int[] again = new int[8];
        assertThat(NegativeSampler.sample(hash, size, positives, wanted, again)).isEqualTo(drawn);
        assertThat(again).isEqualTo(out);
    }

    @Test
    void shouldDrawAllThatAreWantedFromALargeCatalogue() {
        int[] out = new int[3];
        for (int event = 0; event < 1000; event++) {
            assertThat(NegativeSampler.sample(StableHash.of("e" + event), 1000, new int[] {1, 2}, 3, out))
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldDrawEveryTargetAboutEquallyOften() {
        int[] counts = new int[10];
        int[] out = new int[2];
        for (int event = 0; event < 10_000; event++) {
            NegativeSampler.sample(StableHash.of("e" + event), 10, new int[] {3}, 2, out);
            counts[out[0]]++;
            counts[out[1]]++;
        }
        assertThat(counts[3]).isZero();
        for (int i = 0; i < 10; i++) {
            if (i != 3) {
                assertThat(counts[i]).isBetween(2050, 2400);
            }
        }
    }

    @Test
    void shouldDrawNothingWhenThereIsNothingToDraw() {
        int[] out = new int[2];
        assertThat(NegativeSampler.sample(7, 0, new int[0], 2, out)).isZero();
        assertThat(NegativeSampler.sample(7, 2, new int[] {0, 1}, 2, out)).isZero();
    }
}
