package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TopKPropertyTest {
    /** The whole order by a sort, of which any k must be the head; scores of few values have many equals. */
    @Property(tries = 300, seed = "31")
    void shouldBeTheHeadOfTheWholeOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int k,
            @ForAll @IntRange(min = 0, max = 200) int targets,
            @ForAll @IntRange(min = 1, max = 12) int values) {
        Random random = new Random(seed);
        double[] scores = random.ints(targets, 0, values)
                .mapToDouble(value -> value == 0 ? Double.NEGATIVE_INFINITY : value)
                .toArray();

        int[] whole = new TopK(Math.max(1, targets), seed).select(scores);
        int[] head = new TopK(k, seed).select(scores);

        assertThat(whole).doesNotHaveDuplicates();
        assertThat(whole.length)
                .isEqualTo((int) Arrays.stream(scores).filter(Double::isFinite).count());
        assertThat(Arrays.stream(whole).mapToDouble(target -> -scores[target]).toArray())
                .isSorted();
        assertThat(head).isEqualTo(Arrays.copyOf(whole, Math.min(k, whole.length)));
    }
}
