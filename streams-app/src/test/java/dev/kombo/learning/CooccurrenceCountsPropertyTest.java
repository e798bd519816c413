package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.Cooccurrences;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random touches against a map that forgets nothing. */
class CooccurrenceCountsPropertyTest {
    private static final long DAY = 86_400_000L;
    private static final long NOW = 1_700_000_000_000L;
    private static final int TOUCHES = 200;

    private final Map<Long, Double> exact = new HashMap<>();
    private double exactMass;
    private double admitted;

    /** Touches in any order of time; the exact sums are decayed to the latest. */
    private CooccurrenceCounts fill(Random random, int targets, CooccurrenceSettings settings) {
        exact.clear();
        exactMass = 0;
        admitted = 0;
        CooccurrenceCounts counts = new CooccurrenceCounts(settings);
        long latest = NOW + 3 * DAY;
        for (int i = 0; i < TOUCHES; i++) {
            long time = i == 0 ? latest : NOW + random.nextInt((int) (3 * DAY));
            double decay = Math.pow(0.5, (double) (latest - time) / settings.halfLifeMillis());
            float weight = (1 + random.nextInt(5)) / 5f;
            long[] companions = random.longs(0, targets)
                    .distinct()
                    .limit(1 + random.nextInt(Math.min(5, targets)))
                    .toArray();
            float[] weights = new float[companions.length];
            for (int c = 0; c < companions.length; c++) {
                weights[c] = random.nextInt(6) / 5f;
                double increment = Math.min(weight, weights[c]) * decay;
                exact.merge(companions[c], increment, Double::sum);
                admitted += increment;
            }
            exactMass += weight * decay;
            counts.add(weight, companions, weights, time);
        }
        return counts;
    }

    @Property(tries = 100, seed = "31")
    void shouldBeExactWhilePlacesLast(@ForAll @IntRange(max = 1_000_000) int seed) {
        CooccurrenceCounts counts = fill(new Random(seed), 20, new CooccurrenceSettings(20, DAY, 1000, 50));
        Cooccurrences all = counts.strongest(1000);
        assertThat((double) counts.mass()).isCloseTo(exactMass, within(1e-3));
        exact.values().removeIf(weight -> weight == 0);
        assertThat(all.size()).isEqualTo(exact.size());
        for (int i = 0; i < all.size(); i++) {
            assertThat((double) all.weights()[i]).isCloseTo(exact.get(all.targets()[i]), within(1e-3));
        }
    }

    @Property(tries = 100, seed = "37")
    void shouldStayWithinItsPlacesAndKeepTheSumOfWhatCameIn(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(min = 1, max = 10) int capacity) {
        CooccurrenceCounts counts = fill(new Random(seed), 100, new CooccurrenceSettings(capacity, DAY, 1000, 50));
        Cooccurrences all = counts.strongest(1000);
        assertThat(all.size()).isEqualTo(capacity);
        assertThat(all.targets()).doesNotHaveDuplicates();
        double sum = 0;
        for (float weight : all.weights()) {
            assertThat(weight).isPositive();
            sum += weight;
        }
        assertThat(sum).as("what is not admitted is lost, nothing is invented").isLessThanOrEqualTo(admitted + 1e-3);
        assertThat((double) counts.mass()).isCloseTo(exactMass, within(1e-3));
    }

    @Property(tries = 100, seed = "41")
    void shouldComeBackFromBytesAsItWas(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(min = 1, max = 30) int capacity) {
        CooccurrenceSettings settings = new CooccurrenceSettings(capacity, DAY, 1000, 50);
        CooccurrenceCounts counts = fill(new Random(seed), 40, settings);
        CooccurrenceCounts read = CooccurrenceCounts.read(counts.write(), settings);
        assertThat(read.write()).isEqualTo(counts.write());
        assertThat(read.time()).isEqualTo(counts.time());

        long[] companion = {7};
        float[] weight = {1f};
        counts.add(1f, companion, weight, NOW + 4 * DAY);
        read.add(1f, companion, weight, NOW + 4 * DAY);
        assertThat(read.write()).isEqualTo(counts.write());
    }
}
