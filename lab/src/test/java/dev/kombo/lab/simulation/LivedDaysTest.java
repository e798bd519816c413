package dev.kombo.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A shop that is played live: days of the past in an evening each, and those of the present as they pass. */
class LivedDaysTest {
    private static final long FIRST_DAY = 1_760_000_000_000L / 60_000 * 60_000;
    private static final ShopSettings SHOP = new ShopSettings(7, 60, 20, Duration.ofSeconds(2));

    private final SimulatedWorld world = SimulatedWorld.of(SHOP.world(FIRST_DAY));

    private List<BehaviorEvent> played(long after, long until) throws InterruptedException {
        List<BehaviorEvent> played = new ArrayList<>();
        new Simulation(world)
                .run(
                        events -> {
                            events.stream()
                                    .filter(event -> event.getEventTime() <= until)
                                    .forEach(played::add);
                            return List.of();
                        },
                        (day, days) -> {},
                        after);
        return played;
    }

    @Test
    void shouldSpreadVisitsOverTheDayOnceThePresentIsReached() throws InterruptedException {
        Set<Long> past = new HashSet<>();
        Set<Long> present = new HashSet<>();
        long reached = FIRST_DAY;
        for (BehaviorEvent event : played(Long.MIN_VALUE, Long.MAX_VALUE)) {
            long day = (event.getEventTime() - FIRST_DAY) / SimulationSettings.DAY;
            long hour = (event.getEventTime() - FIRST_DAY) % SimulationSettings.DAY / 3_600_000;
            (day < 20 ? past : present).add(hour);
            assertThat(event.getEventTime()).as("order of publication").isGreaterThan(reached - 60_000);
            reached = Math.max(reached, event.getEventTime());
        }
        assertThat(past).containsExactly(18L);
        assertThat(present).hasSize(24);
    }

    /** Whatever the moment at which the first run ended: what is played twice has the ids of before. */
    @Test
    void shouldGoOnWhereAnEarlierRunEnded() throws InterruptedException {
        List<String> all = ids(played(Long.MIN_VALUE, Long.MAX_VALUE));
        for (int day : List.of(3, 40)) {
            long end = FIRST_DAY + day * SimulationSettings.DAY + 18 * 3_600_000 + 130_000;
            List<String> first = ids(played(Long.MIN_VALUE, end));
            List<String> second = ids(played(end, Long.MAX_VALUE));

            assertThat(first).doesNotContainAnyElementsOf(second);
            assertThat(all).containsAll(first).containsAll(second);
            assertThat(first.size() + second.size()).isGreaterThan(all.size() - 50);
        }
    }

    private static List<String> ids(List<BehaviorEvent> events) {
        return events.stream().map(BehaviorEvent::getEventId).toList();
    }
}
