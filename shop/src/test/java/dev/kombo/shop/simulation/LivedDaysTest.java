package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A shop that is played live: days of the past in an evening each, then a shopper a second. */
class LivedDaysTest {
    private static final long FIRST_DAY = 1_760_000_000_000L / 60_000 * 60_000;
    private static final ShopSettings SHOP = new ShopSettings(7, 60, 20, Duration.ofSeconds(2));

    private static final long PRESENT = FIRST_DAY + 20 * SimulationSettings.DAY + 9_000;

    private static List<BehaviorEvent> played(long after, long until) {
        return played(SHOP, PRESENT, after, until);
    }

    private static List<BehaviorEvent> played(ShopSettings shop, long now, long after, long until) {
        List<BehaviorEvent> played = new ArrayList<>();
        SimulatedWorld world = new SimulatedWorld(shop.world(FIRST_DAY, now));
        try {
            new Simulation(world, (session, slate, step, time) -> {})
                    .run(
                            events -> {
                                if (!events.isEmpty() && events.get(0).getEventTime() > until) {
                                    throw new InterruptedException("that is all");
                                }
                                events.stream()
                                        .filter(event -> event.getEventTime() <= until)
                                        .forEach(played::add);
                                return List.of();
                            },
                            Progress.NONE,
                            after);
        } catch (InterruptedException ended) {
            assertThat(ended).hasMessage("that is all");
        }
        return played;
    }

    @Test
    void shouldHaveVisitsInTheEveningUntilThePresentIsReached() {
        Set<Long> past = new HashSet<>();
        long reached = FIRST_DAY;
        for (BehaviorEvent event : played(Long.MIN_VALUE, PRESENT + 3_600_000)) {
            if (event.getEventTime() < PRESENT) {
                past.add((event.getEventTime() - FIRST_DAY) % SimulationSettings.DAY / 3_600_000);
            }
            assertThat(event.getEventTime()).as("order of publication").isGreaterThan(reached - 60_000);
            reached = Math.max(reached, event.getEventTime());
        }
        assertThat(past).containsExactly(18L);
        assertThat(reached).isGreaterThan(PRESENT);
    }

    @Test
    void shouldHaveAVisitASecondOnceThePresentIsReached() {
        ShopSettings standard = new ShopSettings(7, 3_200, 1, Duration.ofSeconds(2));

        Map<Long, Long> visits = played(standard, PRESENT, PRESENT - 1, PRESENT + 600_000 - 1).stream()
                .filter(event -> event.getType() == EventType.OFFER_REQUEST)
                .collect(Collectors.groupingBy(
                        event -> (event.getEventTime() - PRESENT) / Timetable.LIVE_ROUND, Collectors.counting()));

        assertThat(visits).as("some in each quarter of a minute").hasSize(40);
        assertThat(visits.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(600);
    }

    /** Whatever the moment at which the first run ended: what is played twice has the ids of before. */
    @Test
    void shouldGoOnWhereAnEarlierRunEnded() {
        List<String> all = ids(played(Long.MIN_VALUE, PRESENT));
        long end = FIRST_DAY + 3 * SimulationSettings.DAY + 18 * 3_600_000 + 130_000;
        List<String> first = ids(played(Long.MIN_VALUE, end));
        List<String> second = ids(played(end, PRESENT));

        assertThat(first).doesNotContainAnyElementsOf(second);
        assertThat(all).containsAll(first).containsAll(second);
        assertThat(first.size() + second.size()).isGreaterThan(all.size() - 50);
    }

    @Test
    void shouldHaveOtherVisitsInRealTimeWhenItIsOpenedAgain() {
        List<String> first = ids(played(PRESENT, PRESENT + 3_600_000));
        long later = PRESENT + 2 * SimulationSettings.DAY;
        List<BehaviorEvent> second = played(SHOP, later, PRESENT + 3_600_000, later + 3_600_000);

        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(ids(second));
        assertThat(second).isNotEmpty().allMatch(event -> event.getEventTime() >= later, "nobody came in between");
    }

    private static List<String> ids(List<BehaviorEvent> events) {
        return events.stream().map(BehaviorEvent::getEventId).toList();
    }
}
