package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.PopularitySettings;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PopularityPropertyTest {
    private static final long DAY = 86_400_000L;

    @Property(seed = "6", tries = 200)
    void shouldNotDependOnTheOrderOfArrival(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(min = -100, max = 100) Long> days, @ForAll long shuffle) {
        Popularity inOrder = new Popularity(PopularitySettings.of(SettingValues.defaults()), 0, 0, 0);
        Popularity shuffled = new Popularity(PopularitySettings.of(SettingValues.defaults()), 0, 0, 0);
        double expected = 0;
        long last = Collections.max(days) * DAY;
        List<Long> sorted = new ArrayList<>(days);
        Collections.sort(sorted);
        for (long day : sorted) {
            inOrder.add(weight(day), day * DAY);
            expected += weight(day) * Math.pow(2, -(last - day * DAY) / (3.0 * DAY));
        }
        List<Long> arrival = new ArrayList<>(days);
        Collections.shuffle(arrival, new Random(shuffle));
        for (long day : arrival) {
            shuffled.add(weight(day), day * DAY);
        }
        assertThat(inOrder.time()).isEqualTo(last);
        assertThat(shuffled.time()).isEqualTo(last);
        assertThat(inOrder.shortTerm()).isCloseTo(expected, Percentage.withPercentage(1e-6));
        assertThat(shuffled.shortTerm()).isCloseTo(expected, Percentage.withPercentage(1e-6));
        assertThat(shuffled.longTerm()).isCloseTo(inOrder.longTerm(), Percentage.withPercentage(1e-6));
    }

    @Property(seed = "7", tries = 200)
    void shouldOnlyFallBetweenEventsAndNeverBelowZero(
            @ForAll @DoubleRange(min = 0, max = 1e6) double weight,
            @ForAll @LongRange(min = 0, max = 3_000_000_000_000L) long time,
            @ForAll @LongRange(min = 0, max = 300_000_000_000L) long elapsed) {
        Popularity popularity = new Popularity(PopularitySettings.of(SettingValues.defaults()), 0, 0, 0);
        assertThat(popularity.add(weight, time)).isTrue();
        popularity.add(0, time - elapsed);
        assertThat(popularity.shortTerm()).isEqualTo(weight);
        popularity.add(0, time + elapsed);
        double now = popularity.shortTerm();
        assertThat(now).isBetween(0.0, weight);
        assertThat(popularity.longTerm()).isGreaterThanOrEqualTo(now);
        popularity.add(0, time + elapsed + DAY);
        assertThat(popularity.shortTerm()).isLessThanOrEqualTo(now);
    }

    @Test
    void shouldHalveEveryHalfLife() {
        Popularity popularity = new Popularity(PopularitySettings.of(SettingValues.defaults()), 0, 0, 0);
        popularity.add(8, 100 * DAY);
        popularity.add(0, 103 * DAY);
        assertThat(popularity.shortTerm()).isCloseTo(4, within(1e-9));
        popularity.add(0, 109 * DAY);
        assertThat(popularity.shortTerm()).isCloseTo(1, within(1e-9));
        popularity.add(0, 114 * DAY);
        assertThat(popularity.longTerm()).isCloseTo(4, within(1e-9));
    }

    @Test
    void shouldIgnoreWeightsThatCannotBe() {
        Popularity popularity = new Popularity(PopularitySettings.of(SettingValues.defaults()), 1, 2, 5);
        assertThat(popularity.add(Double.NaN, 10)).isFalse();
        assertThat(popularity.add(-1, 10)).isFalse();
        assertThat(popularity.add(Double.POSITIVE_INFINITY, 10)).isFalse();
        assertThat(popularity.shortTerm()).isEqualTo(1);
        assertThat(popularity.longTerm()).isEqualTo(2);
        assertThat(popularity.time()).isEqualTo(5);
    }

    private static double weight(long day) {
        return 1 + (int) (Math.abs(day) % 3);
    }
}
