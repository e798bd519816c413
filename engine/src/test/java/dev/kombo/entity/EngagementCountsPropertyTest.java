package dev.kombo.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class EngagementCountsPropertyTest {
    private static final long DAY = 86_400_000L;
    private static final long HALF_LIFE = 30 * DAY;

    @Property(seed = "21", tries = 200)
    void shouldNotDependOnTheOrderOfArrival(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(min = -400, max = 400) Long> days, @ForAll long shuffle) {
        EngagementCounts inOrder = EngagementCounts.NONE;
        EngagementCounts shuffled = EngagementCounts.NONE;
        List<Long> sorted = new ArrayList<>(days);
        Collections.sort(sorted);
        long last = sorted.get(sorted.size() - 1) * DAY;
        double impressions = 0;
        double clicks = 0;
        for (long day : sorted) {
            inOrder = plus(inOrder, day);
            double kept = Math.pow(2, -(last - day * DAY) / (30.0 * DAY));
            impressions += kept;
            clicks += clicks(day) * kept;
        }
        Collections.shuffle(days, new Random(shuffle));
        for (long day : days) {
            shuffled = plus(shuffled, day);
        }

        for (EngagementCounts result : List.of(inOrder, shuffled)) {
            assertThat(result.time()).isEqualTo(last);
            assertThat(result.impressions()).isCloseTo(impressions, Percentage.withPercentage(1e-6));
            assertThat(result.clicks()).isCloseTo(clicks, within(1e-9));
            assertThat(result.conversions()).isCloseTo(clicks, within(1e-9));
            assertThat(result.expectedClicks()).isCloseTo(clicks / 2, within(1e-9));
        }
    }

    @Property(seed = "22", tries = 200)
    void shouldLeaveNothingOfAConversionThatIsTakenBack(
            @ForAll @LongRange(min = 0, max = 1000) long seen,
            @ForAll @LongRange(min = 0, max = 1000) long bought,
            @ForAll @LongRange(min = 0, max = 1000) long other) {
        EngagementCounts taken = EngagementCounts.NONE
                .plus(1, 0, 0, 0, seen * DAY, HALF_LIFE)
                .plus(0, 0, 1, 0, bought * DAY, HALF_LIFE)
                .plus(1, 0, 0, 0, other * DAY, HALF_LIFE)
                .plus(0, 0, -1, 0, bought * DAY, HALF_LIFE);
        assertThat(taken.conversions()).isCloseTo(0, within(1e-12));
        long last = Math.max(bought, Math.max(seen, other));
        assertThat(taken.time()).isEqualTo(last * DAY);
        assertThat(taken.impressions())
                .isCloseTo(
                        Math.pow(2, -(last - seen) / 30.0) + Math.pow(2, -(last - other) / 30.0),
                        Percentage.withPercentage(1e-6));
    }

    @Test
    void shouldHalveAllCountsEveryHalfLife() {
        EngagementCounts counts =
                EngagementCounts.NONE.plus(8, 4, 2, 3, 100 * DAY, HALF_LIFE).plus(0, 0, 0, 0, 130 * DAY, HALF_LIFE);
        assertThat(counts.impressions()).isCloseTo(4, within(1e-12));
        assertThat(counts.clicks()).isCloseTo(2, within(1e-12));
        assertThat(counts.conversions()).isCloseTo(1, within(1e-12));
        assertThat(counts.expectedClicks()).isCloseTo(1.5, within(1e-12));
        assertThat(counts.time()).isEqualTo(130 * DAY);
    }

    @Test
    void shouldAddToWhatWasCounted() {
        assertThat(new EngagementCounts(2, 1, 0, 1.5, 10 * DAY).plus(1, 0, 1, 0.25, 11 * DAY, DAY))
                .isEqualTo(new EngagementCounts(2, 0.5, 1, 1, 11 * DAY));
    }

    private static EngagementCounts plus(EngagementCounts counts, long day) {
        return counts.plus(1, clicks(day), clicks(day), 0.5 * clicks(day), day * DAY, HALF_LIFE);
    }

    private static int clicks(long day) {
        return Math.floorMod(day, 3) == 0 ? 1 : 0;
    }
}
