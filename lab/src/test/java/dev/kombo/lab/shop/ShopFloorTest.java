package dev.kombo.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.profile.EventRules;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShopFloorTest {
    private static final long OPENED_AT = 1_760_000_000_000L;
    private static final long MINUTES = 3;
    private static final ShopSettings SETTINGS = ShopSettings.defaults();

    private final ShopCatalog catalog = ShopCatalog.generate(SETTINGS.seed(), 0);

    /** A run over simulated minutes; offers come back 20 milliseconds after their trigger. */
    private final class Run {
        final TallyBook book = new TallyBook();
        final List<BehaviorEvent> events = new ArrayList<>();
        final List<BundleOffer> offers = new ArrayList<>();
        final List<String> keys = new ArrayList<>();

        Run(ShopSettings settings, long openedAt, long firstSession, boolean offering, long minutes) {
            ScriptedService service = new ScriptedService(catalog);
            ShopFloor floor = new ShopFloor(settings, catalog, openedAt, firstSession, book, (key, event) -> {
                keys.add(key);
                events.add(event);
                book.published();
            });
            int answered = 0;
            long now = openedAt;
            while (now < openedAt + minutes * 60_000) {
                now += floor.tick(now);
                for (; offering && answered < events.size(); answered++) {
                    BundleOffer offer = service.offerFor(events.get(answered));
                    if (offer != null) {
                        offers.add(offer);
                        floor.offered(offer, now);
                    }
                }
            }
        }
    }

    private Run run(boolean offering) {
        return new Run(SETTINGS, OPENED_AT, 0, offering, MINUTES);
    }

    @Test
    void shouldPublishOnlyAcceptableEventsWhenOffersAreAnswered() {
        Run run = run(true);

        for (BehaviorEvent event : run.events) {
            assertThat(EventRules.of(SettingValues.defaults()).check(EventMapper.toDomain(event), event.getEventTime()))
                    .as(event.toString())
                    .isNull();
        }
        Set<EventType> expected = new HashSet<>(Arrays.asList(EventType.values()));
        expected.remove(EventType.UNKNOWN);
        assertThat(run.events.stream().map(BehaviorEvent::getType).collect(Collectors.toSet()))
                .isEqualTo(expected);
        assertThat(run.events).extracting(BehaviorEvent::getEventId).doesNotHaveDuplicates();
        for (int i = 0; i < run.events.size(); i++) {
            BehaviorEvent event = run.events.get(i);
            assertThat(run.keys.get(i)).isEqualTo(event.getUserId() != null ? event.getUserId() : event.getSessionId());
        }
    }

    @Test
    void shouldKeepTheRateWhenOffersAreAnsweredOrNot() {
        double expected = SETTINGS.eventsPerSecond() * 60 * MINUTES;

        assertThat((double) run(true).events.size()).isBetween(0.99 * expected, 1.01 * expected);
        assertThat((double) run(false).events.size()).isBetween(0.99 * expected, 1.01 * expected);
    }

    @Test
    void shouldNotMakeAShopperLookLikeARobotWhenTheRateIsHigh() {
        Run run = new Run(SETTINGS.withEventsPerSecond(1000), OPENED_AT, 0, true, 2);

        Map<String, Set<String>> actions = new HashMap<>();
        for (BehaviorEvent event : run.events) {
            String shopper = event.getUserId() != null ? event.getUserId() : event.getSessionId();
            String action = event.getType() == EventType.PURCHASE ? event.getOrderId() : event.getEventId();
            actions.computeIfAbsent(shopper + "/" + event.getEventTime() / 60_000, minute -> new HashSet<>())
                    .add(action);
        }
        assertThat(actions.values()).allSatisfy(minute -> assertThat(minute).hasSizeLessThan(120));
        assertThat(run.events).hasSizeGreaterThan(118_000);
    }

    @Test
    void shouldHaveTheShareOfAnonymousSessionsWhenThereAreEnoughUsers() {
        Map<String, Boolean> anonymous = new HashMap<>();
        run(true).events.forEach(event -> anonymous.put(event.getSessionId(), event.getUserId() == null));

        double share = anonymous.values().stream().filter(Boolean::booleanValue).count() / (double) anonymous.size();

        assertThat(anonymous).hasSizeGreaterThan(1_000);
        assertThat(share).isBetween(0.12, 0.18);
    }

    @Test
    void shouldBuyComplementsTogetherWhenOrdersAreLookedAt() {
        Map<String, Set<Integer>> orders = new HashMap<>();
        for (BehaviorEvent event : run(false).events) {
            if (event.getType() == EventType.PURCHASE) {
                assertThat(event.getUnitPriceMinor())
                        .isEqualTo(
                                catalog.item(catalog.indexOf(event.getItemId())).getPriceMinor());
                orders.computeIfAbsent(event.getOrderId(), id -> new HashSet<>())
                        .add(catalog.indexOf(event.getItemId()));
            }
        }

        assertThat(orders).hasSizeGreaterThan(500);
        List<Double> lifts = catalog.groups().groups().stream()
                .map(group -> lift(orders, group[0], group[1]))
                .sorted()
                .toList();
        assertThat(lifts.get(lifts.size() / 2))
                .as("median lift of a pair of a hidden group")
                .isGreaterThan(10);
    }

    private static double lift(Map<String, Set<Integer>> orders, int one, int other) {
        double withOne = 1e-9
                + orders.values().stream().filter(order -> order.contains(one)).count();
        double withOther = 1e-9
                + orders.values().stream()
                        .filter(order -> order.contains(other))
                        .count();
        double both = orders.values().stream()
                .filter(order -> order.contains(one) && order.contains(other))
                .count();
        return both * orders.size() / (withOne * withOther);
    }

    @Test
    void shouldBuyByTasteWhenCategoriesAreCompared() {
        double interest = 0;
        int purchases = 0;
        for (BehaviorEvent event : run(false).events) {
            if (event.getType() == EventType.PURCHASE && event.getUserId() != null) {
                Shopper shopper = Shopper.user(
                        SETTINGS.seed(), Integer.parseInt(event.getUserId().substring("user-".length())) - 1);
                interest += shopper.tastes()[
                        catalog.category(catalog.indexOf(event.getItemId())).ordinal()];
                purchases++;
            }
        }

        // A shopper without tastes would come to one in twelve.
        assertThat(interest / purchases).isGreaterThan(0.25);
    }

    @Test
    void shouldTallyWhatItPublishedWhenOffersAreAnswered() {
        Run run = run(true);
        ShopTally tally = run.book.snapshot();

        assertThat(tally.events()).isEqualTo(run.events.size());
        assertThat(tally.offers()).isEqualTo(run.offers.size());
        assertThat(tally.impressions()).isEqualTo(count(run, EventType.OFFER_IMPRESSION));
        assertThat(tally.clicks()).isEqualTo(count(run, EventType.OFFER_CLICK));
        assertThat(tally.arms()).containsOnlyKeys("baseline", "treatment");
        assertThat(tally.arms().values().stream()
                        .mapToLong(ShopTally.ArmTally::conversions)
                        .sum())
                .isEqualTo(tally.conversions());
        Set<String> offered =
                run.offers.stream().map(offer -> "order-" + offer.getOfferId()).collect(Collectors.toSet());
        List<BehaviorEvent> bought = run.events.stream()
                .filter(event -> event.getType() == EventType.PURCHASE && offered.contains(event.getOrderId()))
                .toList();
        assertThat(bought.stream().map(BehaviorEvent::getOrderId).distinct().count())
                .isEqualTo(tally.conversions());
        assertThat(bought.stream()
                        .mapToLong(event -> event.getUnitPriceMinor() * event.getQuantity())
                        .sum())
                .isEqualTo(tally.revenueMinor());
        long users = run.offers.stream()
                .map(offer -> offer.getUserId() != null ? offer.getUserId() : offer.getSessionId())
                .distinct()
                .count();
        assertThat(tally.arms().values().stream()
                        .mapToLong(ShopTally.ArmTally::users)
                        .sum())
                .isEqualTo(users);
    }

    @Test
    void shouldConvertAFewInAHundredWhenBundlesAreOfferedAtRandom() {
        ShopTally tally = run(true).book.snapshot();

        double seen = tally.impressions() / (double) tally.offers();
        double converting = tally.conversions() / (double) tally.impressions();

        assertThat(seen).isBetween(0.70, 0.80);
        assertThat(converting).isBetween(0.015, 0.06);
        assertThat(tally.clicks()).isGreaterThan(tally.conversions() * 2);
    }

    @Test
    void shouldRepeatWhenSeedAndClockAreTheSame() {
        Run one = new Run(SETTINGS, OPENED_AT, 0, true, 1);

        assertThat(new Run(SETTINGS, OPENED_AT, 0, true, 1).events).isEqualTo(one.events);
    }

    @Test
    void shouldUseNewIdsAndNewVisitsWhenOpenedAgain() {
        Run one = new Run(SETTINGS, OPENED_AT, 0, false, 1);
        Run next = new Run(SETTINGS, OPENED_AT + 90_000, 1_000_000, false, 1);

        Set<String> ids = new HashSet<>();
        one.events.forEach(event -> ids.addAll(List.of(event.getEventId(), event.getSessionId())));
        assertThat(next.events)
                .noneMatch(event -> ids.contains(event.getEventId()) || ids.contains(event.getSessionId()));
        assertThat(next.events.stream().map(BehaviorEvent::getItemId).toList())
                .isNotEqualTo(one.events.stream().map(BehaviorEvent::getItemId).toList());
    }

    private static long count(Run run, EventType type) {
        return run.events.stream().filter(event -> event.getType() == type).count();
    }
}
