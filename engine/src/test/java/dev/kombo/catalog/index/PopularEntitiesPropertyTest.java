package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.math.StableHash;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PopularEntitiesPropertyTest {
    @Property(tries = 300, seed = "3")
    void shouldEqualASortWhateverChanges(
            @ForAll @Size(max = 120) List<@IntRange(max = 999) Integer> steps,
            @ForAll @IntRange(min = 1, max = 8) int length) {
        PopularEntities popular = new PopularEntities(length);
        Map<Integer, Double> keys = new HashMap<>();
        for (int step : steps) {
            int ordinal = step % 20;
            if (step >= 800) {
                popular.remove(ordinal);
                keys.remove(ordinal);
            } else {
                double key = step / 20 % 10 == 0 ? Double.NEGATIVE_INFINITY : step / 20 % 10;
                popular.put(ordinal, StableHash.mix(ordinal), key);
                keys.put(ordinal, key);
            }
            popular.publish();
            int[] expected = keys.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                            .thenComparingLong(entry -> StableHash.mix(entry.getKey())))
                    .limit(length)
                    .mapToInt(Map.Entry::getKey)
                    .toArray();
            assertThat(popular.top()).containsExactly(expected);
        }
    }
}
