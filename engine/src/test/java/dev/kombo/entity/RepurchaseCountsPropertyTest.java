package dev.kombo.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RepurchaseCountsPropertyTest {
    private static final double HALF_LIFE = RepurchaseCounts.HALF_LIFE_MILLIS / (double) Millis.DAY;

    /** A purchase: its day, and the days since the same shopper's last one; -1: the first. */
    private record Bought(int day, int since) {}

    private static RepurchaseCounts count(List<Bought> purchases) {
        RepurchaseCounts counts = RepurchaseCounts.NONE;
        for (Bought bought : purchases) {
            long since = bought.since < 0 ? RepurchaseCounts.FIRST : bought.since * Millis.DAY;
            counts = counts.bought(since, bought.day * Millis.DAY);
        }
        return counts;
    }

    private static double weight(double days) {
        return Math.pow(2, -days / HALF_LIFE);
    }

    private static double rate(RepurchaseCounts counts, int day) {
        return counts.again() / counts.decided(day * Millis.DAY);
    }

    /** Buyers who each buy again at random, at a constant hazard of the given mean, and are counted until a day. */
    private static List<Bought> buyers(Random random, int buyers, double mean, int until) {
        List<Bought> purchases = new ArrayList<>();
        for (int b = 0; b < buyers; b++) {
            int last = random.nextInt(until);
            purchases.add(new Bought(last, -1));
            while (true) {
                int since = 1 + (int) (-mean * Math.log(1 - random.nextDouble()));
                if (last + since > until) {
                    break;
                }
                last += since;
                purchases.add(new Bought(last, since));
            }
        }
        return purchases;
    }

    @Property(tries = 200, seed = "31")
    void shouldWeighEachWaitByItsAgeInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<Bought> purchases = buyers(random, 1 + random.nextInt(20), 20 + random.nextInt(300), 400);
        int now = 400 + random.nextInt(100);
        double again = purchases.stream()
                .filter(bought -> bought.since >= 0)
                .mapToDouble(bought -> weight(bought.since))
                .sum();
        double begun = purchases.stream()
                .mapToDouble(bought -> weight(now - bought.day))
                .sum();
        double ended = purchases.stream()
                .filter(bought -> bought.since >= 0)
                .mapToDouble(bought -> weight(now - bought.day + bought.since))
                .sum();
        Collections.shuffle(purchases, random);

        RepurchaseCounts counts = count(purchases);

        assertThat(counts.purchases()).isEqualTo(purchases.size());
        assertThat(counts.again()).isCloseTo(again, within(1e-6));
        assertThat(counts.decided(now * Millis.DAY)).isCloseTo(purchases.size() - (begun - ended), within(1e-6));
    }

    @Property(tries = 30, seed = "32")
    void shouldEstimateTheSameRateEarlyAndLate(
            @ForAll long seed, @ForAll @DoubleRange(min = 20, max = 400) double mean) {
        Random random = new Random(seed);
        double truth = HALF_LIFE / (HALF_LIFE + mean * Math.log(2));

        for (int day : new int[] {60, 400}) {
            List<Bought> purchases = buyers(random, 20_000, mean, day);
            assertThat(rate(count(purchases), day)).isCloseTo(truth, within(0.05));
        }
    }

    @Property(tries = 100, seed = "33")
    void shouldFallToNothingWhenNobodyComesBack(@ForAll @IntRange(min = 1, max = 50) int buyers, @ForAll long seed) {
        RepurchaseCounts counts = count(buyers(new Random(seed), buyers, 1e6, 30));

        assertThat(counts.again()).isZero();
        assertThat(counts.decided(30 * Millis.DAY)).isLessThan(0.2 * buyers);
        assertThat(counts.decided(1_000 * Millis.DAY)).isGreaterThan(0.99 * buyers);
    }
}
