package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.Fields;
import dev.kombo.codec.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimedCountsPropertyTest {
    private static final class Times {
        int count;
        long first;
        long last;
    }

    @Property(tries = 300, seed = "7")
    void shouldCountAsAMapDoesWhenNothingHasToGiveWay(
            @ForAll @Size(max = 60) List<@IntRange(min = -5, max = 20) Integer> steps) {
        TimedCounts counts = new TimedCounts(32);
        Map<Long, Times> expected = new HashMap<>();
        long time = 100;
        for (int step : steps) {
            time += step % 3 == 0 ? -7 : 5;
            long hash = Math.abs(step);
            if (step < 0) {
                counts.remove(hash);
                expected.computeIfPresent(hash, (key, times) -> --times.count == 0 ? null : times);
            } else {
                counts.add(hash, time);
                long at = time;
                Times times = expected.computeIfAbsent(hash, key -> {
                    Times fresh = new Times();
                    fresh.first = at;
                    fresh.last = at;
                    return fresh;
                });
                times.count++;
                times.first = Math.min(times.first, at);
                times.last = Math.max(times.last, at);
            }
        }

        TimedCounts stored = new TimedCounts(32);
        TimedCounts storedWithEachEvent = new TimedCounts(32);
        long latest = time;
        Stored.copy(counts::fields, stored::fields);
        Stored.copy(f -> withEachEvent(counts, f, latest), f -> withEachEvent(storedWithEachEvent, f, latest));
        for (TimedCounts actual : List.of(counts, stored, storedWithEachEvent)) {
            assertThat(actual.size()).isEqualTo(expected.size());
            expected.forEach((hash, times) -> {
                assertThat(actual.count(hash)).isEqualTo(times.count);
                assertThat(actual.firstTime(hash)).isEqualTo(times.first);
                assertThat(actual.lastTime(hash)).isEqualTo(times.last);
            });
            for (int i = 0; i < actual.size(); i++) {
                assertThat(actual.countAt(i)).isEqualTo(actual.count(actual.hash(i)));
                assertThat(actual.lastTimeAt(i)).isEqualTo(actual.lastTime(actual.hash(i)));
            }
        }
    }

    private static void withEachEvent(TimedCounts counts, Fields f, long latest) {
        f.version("a profile", ShopperState.LAYOUT, ShopperState.LAYOUT, ShopperState.LAYOUT);
        counts.fields(f, latest);
    }

    @Test
    void shouldLetTheLeastRecentGiveWayWhenFull() {
        TimedCounts counts = new TimedCounts(2);
        counts.add(1, 30);
        counts.add(2, 10);
        counts.add(3, 20);

        assertThat(counts.count(1)).isEqualTo(1);
        assertThat(counts.count(2)).isZero();
        assertThat(counts.lastTime(2)).isEqualTo(Long.MIN_VALUE);
        assertThat(counts.count(3)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheMostRecentWhenTheCapacityShrank() {
        TimedCounts counts = new TimedCounts(4);
        counts.add(1, 40);
        counts.add(2, 10);
        counts.add(3, 30);
        counts.add(4, 20);

        TimedCounts fewer = new TimedCounts(2);
        TimedCounts fewerWithEachEvent = new TimedCounts(2);
        Stored.copy(counts::fields, fewer::fields);
        Stored.copy(f -> withEachEvent(counts, f, 40), f -> withEachEvent(fewerWithEachEvent, f, 40));

        for (TimedCounts read : List.of(fewer, fewerWithEachEvent)) {
            assertThat(read.size()).isEqualTo(2);
            assertThat(read.lastTime(1)).isEqualTo(40);
            assertThat(read.lastTime(3)).isEqualTo(30);
        }
    }

    @Test
    void shouldCountAnewWhenTheLastOccurrenceIsAWindowAgo() {
        TimedCounts counts = new TimedCounts(4);
        counts.addWithin(1, 100, 50);
        counts.addWithin(1, 149, 50);
        assertThat(counts.count(1)).isEqualTo(2);

        counts.addWithin(1, 199, 50);
        assertThat(counts.count(1)).isEqualTo(1);
        assertThat(counts.firstTime(1)).isEqualTo(199);
        assertThat(counts.lastTime(1)).isEqualTo(199);
    }

    @Test
    void shouldKeepTheClicksOnWhatWasSeen() {
        TimedCounts counts = new TimedCounts(3);
        counts.add(1, 10);
        counts.add(2, 20);
        counts.add(3, 30);
        counts.responded(3, 1, 0.25);
        counts.responded(1, 0, 0.125);
        counts.responded(9, 1, 1);
        TimedCounts stored = new TimedCounts(2);
        Stored.copy(f -> withEachEvent(counts, f, 30), f -> withEachEvent(stored, f, 30));
        assertThat(stored.size()).as("the least recent gives way").isEqualTo(2);
        assertThat(stored.hash(0)).isEqualTo(3);
        assertThat(stored.clicksAt(0)).isEqualTo(1);
        assertThat(stored.expectedAt(0)).isEqualTo(0.25);
        assertThat(stored.expectedAt(1)).isZero();

        stored.add(3, 30 + 120 * 86_400_000L);
        assertThat(stored.clicksAt(0)).as("a half-life later").isEqualTo(0.5);
        assertThat(stored.expectedAt(0)).isEqualTo(0.125);
        stored.responded(3, -1, 0);
        assertThat(stored.clicksAt(0)).as("half of it had faded").isZero();
    }

    @Test
    void shouldStoreClicksOfWhatWasSeenOnly() {
        TimedCounts counts = new TimedCounts(3);
        counts.add(1, 10);
        int unseen = Stored.bytes(f -> withEachEvent(counts, f, 10)).length;
        counts.add(2, 10);
        int entry = Stored.bytes(f -> withEachEvent(counts, f, 10)).length - unseen;
        counts.responded(2, 0, 0.01);
        assertThat(Stored.bytes(f -> withEachEvent(counts, f, 10)))
                .as("its place, clicks and expected clicks")
                .hasSize(unseen + entry + 4);
    }
}
