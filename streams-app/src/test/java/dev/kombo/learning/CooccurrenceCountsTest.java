package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Cooccurrences;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CooccurrenceCountsTest {
    private static final long DAY = 86_400_000L;
    private static final long NOW = 1_700_000_000_000L;

    private final CooccurrenceCounts counts = new CooccurrenceCounts(new CooccurrenceSettings(4, DAY, 1000, 50));

    private static float weightOf(Cooccurrences all, long target) {
        for (int i = 0; i < all.size(); i++) {
            if (all.targets()[i] == target) {
                return all.weights()[i];
            }
        }
        return 0f;
    }

    @Test
    void shouldCountAPairWithTheSmallerOfTheTwoWeights() {
        counts.add(0.5f, new long[] {1, 2}, new float[] {1f, 0.2f}, NOW);
        counts.add(1f, new long[] {2}, new float[] {0.6f}, NOW);
        Cooccurrences all = counts.strongest(4);
        assertThat(all.mass()).isEqualTo(1.5f);
        assertThat(all.size()).isEqualTo(2);
        assertThat(weightOf(all, 1)).isEqualTo(0.5f);
        assertThat(weightOf(all, 2)).isCloseTo(0.8f, within(1e-6f));
    }

    @Test
    void shouldHalveEverythingAfterAHalfLifeAndCountALateTouchWithItsDecay() {
        counts.add(1f, new long[] {1}, new float[] {1f}, NOW);
        counts.add(1f, new long[] {2}, new float[] {1f}, NOW + DAY);
        assertThat(weightOf(counts.strongest(4), 1)).isCloseTo(0.5f, within(1e-6f));
        assertThat(counts.mass()).isCloseTo(1.5f, within(1e-6f));
        assertThat(counts.time()).isEqualTo(NOW + DAY);

        counts.add(1f, new long[] {1}, new float[] {1f}, NOW - DAY);
        assertThat(weightOf(counts.strongest(4), 1)).isCloseTo(0.75f, within(1e-6f));
        assertThat(counts.mass()).isCloseTo(1.75f, within(1e-6f));
        assertThat(counts.time()).isEqualTo(NOW + DAY);
    }

    @Test
    void shouldNameTheStrongestFirstWhenFewerAreWanted() {
        counts.add(1f, new long[] {1, 2, 3, 4}, new float[] {0.2f, 0.9f, 0.4f, 0.9f}, NOW);
        Cooccurrences two = counts.strongest(3);
        assertThat(two.targets()).containsExactly(2, 4, 3);
        assertThat(two.weights()).containsExactly(0.9f, 0.9f, 0.4f);
        assertThat(counts.strongest(0).size()).isZero();
    }

    @Test
    void shouldKeepTheStrongestWhenMoreIsStoredThanFits() {
        CooccurrenceCounts large = new CooccurrenceCounts(new CooccurrenceSettings(50, DAY, 1000, 50));
        for (int target = 1; target <= 30; target++) {
            large.add(1f, new long[] {target}, new float[] {target / 30f}, NOW);
        }
        CooccurrenceCounts small = CooccurrenceCounts.read(large.write(), new CooccurrenceSettings(2, DAY, 1000, 50));
        assertThat(small.strongest(10).targets()).containsExactly(30, 29);
        assertThat(small.mass()).isEqualTo(30f);
        small.add(1f, new long[] {30}, new float[] {1f}, NOW);
        assertThat(weightOf(small.strongest(10), 30)).isEqualTo(2f);
    }

    @Test
    void shouldCountNothingButTheMassWhenThereIsNoPlace() {
        CooccurrenceCounts none = new CooccurrenceCounts(new CooccurrenceSettings(0, DAY, 1000, 50));
        none.add(1f, new long[] {1}, new float[] {1f}, NOW);
        assertThat(none.strongest(10).size()).isZero();
        assertThat(none.mass()).isEqualTo(1f);
    }

    @Test
    void shouldStartAnewWhenNothingIsStored() {
        CooccurrenceCounts empty =
                CooccurrenceCounts.read(ByteBuffer.allocate(0), new CooccurrenceSettings(4, DAY, 1000, 50));
        assertThat(empty.mass()).isZero();
        assertThat(empty.strongest(4).size()).isZero();
    }
}
