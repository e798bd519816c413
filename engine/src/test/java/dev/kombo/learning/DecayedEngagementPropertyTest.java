package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.EngagementCounts;
import dev.kombo.catalog.EngagementSettings;
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

class DecayedEngagementPropertyTest {
    private static final long DAY = 86_400_000L;
    private static final EngagementSettings SETTINGS = new EngagementSettings(30 * DAY, 100);

    private final DecayedEngagement counts = new DecayedEngagement(SETTINGS);

    @Property(seed = "21", tries = 200)
    void shouldNotDependOnTheOrderOfArrival(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(min = -400, max = 400) Long> days, @ForAll long shuffle) {
        DecayedEngagement inOrder = new DecayedEngagement(SETTINGS);
        DecayedEngagement shuffled = new DecayedEngagement(SETTINGS);
        List<Long> sorted = new ArrayList<>(days);
        Collections.sort(sorted);
        long last = sorted.get(sorted.size() - 1) * DAY;
        double impressions = 0;
        double clicks = 0;
        for (long day : sorted) {
            add(inOrder, day);
            double kept = Math.pow(2, -(last - day * DAY) / (30.0 * DAY));
            impressions += kept;
            clicks += clicks(day) * kept;
        }
        Collections.shuffle(days, new Random(shuffle));
        days.forEach(day -> add(shuffled, day));

        for (EngagementCounts result : List.of(inOrder.counts(), shuffled.counts())) {
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
        DecayedEngagement taken = new DecayedEngagement(SETTINGS);
        taken.add(1, 0, 0, 0, seen * DAY);
        taken.add(0, 0, 1, 0, bought * DAY);
        taken.add(1, 0, 0, 0, other * DAY);
        taken.add(0, 0, -1, 0, bought * DAY);
        assertThat(taken.counts().conversions()).isCloseTo(0, within(1e-12));
        long last = Math.max(bought, Math.max(seen, other));
        assertThat(taken.counts().time()).isEqualTo(last * DAY);
        assertThat(taken.counts().impressions())
                .isCloseTo(
                        Math.pow(2, -(last - seen) / 30.0) + Math.pow(2, -(last - other) / 30.0),
                        Percentage.withPercentage(1e-6));
    }

    @Test
    void shouldHalveAllCountsEveryHalfLife() {
        counts.add(8, 4, 2, 3, 100 * DAY);
        counts.add(0, 0, 0, 0, 130 * DAY);
        assertThat(counts.counts().impressions()).isCloseTo(4, within(1e-12));
        assertThat(counts.counts().clicks()).isCloseTo(2, within(1e-12));
        assertThat(counts.counts().conversions()).isCloseTo(1, within(1e-12));
        assertThat(counts.counts().expectedClicks()).isCloseTo(1.5, within(1e-12));
        assertThat(counts.counts().time()).isEqualTo(130 * DAY);
    }

    @Test
    void shouldTakeUpWhatWasStored() {
        DecayedEngagement stored =
                new DecayedEngagement(new EngagementSettings(DAY, 1), new EngagementCounts(2, 1, 0, 1.5, 10 * DAY));
        stored.add(1, 0, 1, 0.25, 11 * DAY);
        assertThat(stored.counts()).isEqualTo(new EngagementCounts(2, 0.5, 1, 1, 11 * DAY));
    }

    private static void add(DecayedEngagement counts, long day) {
        counts.add(1, clicks(day), clicks(day), 0.5 * clicks(day), day * DAY);
    }

    private static int clicks(long day) {
        return Math.floorMod(day, 3) == 0 ? 1 : 0;
    }
}
