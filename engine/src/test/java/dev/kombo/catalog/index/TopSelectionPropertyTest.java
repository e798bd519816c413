package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TopSelectionPropertyTest {
    private final TopSelection selection = new TopSelection();

    @Property(tries = 300, seed = "9")
    void shouldEqualTheTopOfASort(
            @ForAll @Size(max = 100) List<@IntRange(max = 30) Integer> keys, @ForAll @IntRange(max = 50) int capacity) {
        selection.reset(capacity);
        for (int i = 0; i < keys.size(); i++) {
            selection.offer(keys.get(i), i * 7 % 101, i);
        }
        selection.offer(Double.NaN, 0, 1000);
        List<Integer> expected = IntStream.range(0, keys.size())
                .boxed()
                .sorted(Comparator.<Integer, Integer>comparing(keys::get)
                        .reversed()
                        .thenComparing(i -> i * 7 % 101))
                .limit(capacity)
                .toList();
        List<Integer> actual = IntStream.range(0, selection.size())
                .map(selection::ordinal)
                .boxed()
                .toList();
        assertThat(actual).isEqualTo(expected);
    }
}
