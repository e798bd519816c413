package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.client.TrustedRecords;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.event.RobotDetector;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.profile.ActionRate;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UserSessionsTest {
    private static final int EVENTS = 100_000;
    private static final int USERS = 5_000;

    static {
        TrustedRecords.install();
    }

    private final BenchShop shop = shop(7, true);

    private static BenchShop shop(long seed, boolean inSessions) {
        return new BenchShop(USERS, 1_000, 400, 0, seed, inSessions);
    }

    /** The events of each session, in the order of their beginnings, without those that may not have ended. */
    private static List<List<BehaviorEvent>> sessions(List<BehaviorEvent> events) {
        List<List<BehaviorEvent>> sessions = new ArrayList<>();
        Map<String, List<BehaviorEvent>> latest = new HashMap<>();
        long end = events.get(events.size() - 1).getEventTime();
        for (BehaviorEvent event : events) {
            List<BehaviorEvent> session = latest.get(event.getUserId());
            if (session == null
                    || event.getEventTime() - time(session, session.size() - 1) > UserSessions.LONGEST_PAUSE_MILLIS) {
                session = new ArrayList<>();
                sessions.add(session);
                latest.put(event.getUserId(), session);
            }
            session.add(event);
        }
        sessions.removeIf(session -> time(session, session.size() - 1) >= end - UserSessions.LONGEST_PAUSE_MILLIS);
        return sessions;
    }

    private static long time(List<BehaviorEvent> session, int place) {
        return session.get(place).getEventTime();
    }

    @Test
    void shouldGiveAUserFiveToTwentyEventsWithinMinutesAndThenNoneForDays() {
        List<List<BehaviorEvent>> sessions = sessions(shop.batch(EVENTS, List.of()));

        assertThat(sessions).hasSizeGreaterThan(EVENTS / 20);
        assertThat(sessions)
                .extracting(List::size)
                .allSatisfy(size -> assertThat(size).isBetween(5, 20));
        assertThat(sessions).extracting(List::size).contains(5, 20);
        Map<String, Long> ends = new HashMap<>();
        int again = 0;
        for (List<BehaviorEvent> session : sessions) {
            long end = time(session, session.size() - 1);
            assertThat(end - time(session, 0)).isLessThan(20 * Millis.MINUTE);
            Long before = ends.put(session.get(0).getUserId(), end);
            if (before != null) {
                again++;
                assertThat(time(session, 0) - before).isGreaterThanOrEqualTo(2 * Millis.DAY);
            }
        }
        assertThat(again).isGreaterThan(sessions.size() / 3);
    }

    @Test
    void shouldLetSessionsOfSeveralUsersOverlapWithTimesInOrder() {
        List<BehaviorEvent> events = shop.batch(EVENTS, List.of());

        assertThat(events).extracting(BehaviorEvent::getEventTime).isSorted();
        long changes = 0;
        for (int e = 1; e < EVENTS; e++) {
            changes += events.get(e).getUserId().equals(events.get(e - 1).getUserId()) ? 0 : 1;
        }
        // Were the sessions one after the other, there would be one change per session.
        assertThat(changes).isGreaterThan(EVENTS / 2);
    }

    @Test
    void shouldKeepTheSharesOfTypesAndTheCatalogueOfIndependentShoppers() {
        BenchShop independent = shop(7, false);

        assertThat(shop.items()).isEqualTo(independent.items());
        assertThat(shop.bundles()).isEqualTo(independent.bundles());
        Map<EventType, Double> expected = shares(independent.batch(EVENTS, List.of()));
        Map<EventType, Double> found = shares(shop.batch(EVENTS, List.of()));
        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (type, share) -> assertThat(found.get(type)).as(type.name()).isCloseTo(share, within(0.005)));
    }

    private static Map<EventType, Double> shares(List<BehaviorEvent> events) {
        return events.stream()
                .collect(Collectors.groupingBy(BehaviorEvent::getType, Collectors.summingDouble(any -> 1.0 / EVENTS)));
    }

    @Test
    void shouldHaveAsManyEventsADayAsIndependentShoppersInTheUsualShop() {
        BenchShop usual = new BenchShop(50_000, 1_000, 400, 0, 7, true);

        List<BehaviorEvent> events = usual.batch(EVENTS, List.of());

        double days = (double) (time(events, EVENTS - 1) - time(events, 0)) / Millis.DAY;
        assertThat(days).isCloseTo(1, within(0.1));
    }

    @Test
    void shouldAnswerTheLatestOffersOfAUserWhoGotManyInASession() {
        List<BenchShop.ReceivedOffer> offers = new ArrayList<>();
        for (int o = 0; o < 20_000; o++) {
            offers.add(new BenchShop.ReceivedOffer("offer-" + o % 20, "user-" + o / 20, "bundle-1", 1_000, "EUR"));
        }

        List<BehaviorEvent> answers = shop.batch(10_000, offers).stream()
                .filter(event -> event.getType() == EventType.OFFER_IMPRESSION)
                .toList();

        assertThat(answers.size() / 5_000.0).isCloseTo(BenchShop.SEEN, within(0.03));
        assertThat(answers)
                .extracting(BehaviorEvent::getOfferId)
                .containsOnly("offer-15", "offer-16", "offer-17", "offer-18", "offer-19");
    }

    @Test
    void shouldMakeTheSameSessionsOfTheSameSeed() {
        List<BehaviorEvent> events = shop.batch(2_000, List.of());

        assertThat(shop(7, true).batch(2_000, List.of())).isEqualTo(events);
        assertThat(shop(8, true).batch(2_000, List.of())).isNotEqualTo(events);
    }

    @Test
    void shouldNotMakeRobotsOfShoppers() {
        int mostActions = KomboConfig.of(Map.of()).get(ShopperSettings.ROBOT_RATE);
        Map<String, ActionRate> watches = new HashMap<>();

        for (BehaviorEvent event : shop.batch(EVENTS, List.of())) {
            ActionRate watch = watches.computeIfAbsent(event.getUserId(), unused -> new ActionRate());
            watch.action(event.getEventTime(), mostActions, RobotDetector.FLAG_MILLIS);
            assertThat(watch.robotAt(event.getEventTime()))
                    .as(event.getUserId())
                    .isFalse();
        }
    }
}
