package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.CatalogRules;
import dev.kombo.client.TrustedRecords;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.event.RobotDetector;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.profile.ActionRate;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.EventType;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BenchShopTest {
    private static final int EVENTS = 40_000;

    static {
        TrustedRecords.install();
    }

    private final BenchShop shop = new BenchShop(2_000, 1_000, 400, 0, 7);

    private static List<BenchShop.ReceivedOffer> offers(int count) {
        List<BenchShop.ReceivedOffer> offers = new ArrayList<>();
        for (int o = 0; o < count; o++) {
            offers.add(
                    new BenchShop.ReceivedOffer("offer-" + o, "user-" + o % 10_000, "bundle-" + o % 400, 1_000, "EUR"));
        }
        return offers;
    }

    @Test
    void shouldMakeTheSharesThatItSays() {
        Map<EventType, Long> counts = shop.batch(EVENTS, List.of()).stream()
                .collect(Collectors.groupingBy(BehaviorEvent::getType, Collectors.counting()));
        assertThat(share(counts, EventType.VIEW)).isCloseTo(0.70, within(0.01));
        assertThat(share(counts, EventType.ADD_TO_CART)).isCloseTo(0.12, within(0.01));
        assertThat(share(counts, EventType.PURCHASE)).isCloseTo(0.08, within(0.01));
        assertThat(share(counts, EventType.CLICK)).isCloseTo(0.05, within(0.01));
        assertThat(share(counts, EventType.FAVOURITE)).isCloseTo(0.05, within(0.01));
    }

    private static double share(Map<EventType, Long> counts, EventType type) {
        return counts.get(type) / (double) EVENTS;
    }

    @Test
    void shouldDrawUsersAndItemsByZipfsLaw() {
        List<BehaviorEvent> events = shop.batch(EVENTS, List.of());
        double firstUser =
                frequency(events.stream().map(BehaviorEvent::getUserId).toList(), "user-0");
        double firstItem =
                frequency(events.stream().map(BehaviorEvent::getItemId).toList(), "item-0");
        assertThat(firstUser).isCloseTo(1 / harmonic(2_000, 0.6), within(0.005));
        assertThat(firstItem).isCloseTo(1 / harmonic(1_000, 1.0), within(0.015));
    }

    private static double frequency(List<String> ids, String id) {
        return ids.stream().filter(id::equals).count() / (double) ids.size();
    }

    private static double harmonic(int count, double skew) {
        double sum = 0;
        for (int rank = 1; rank <= count; rank++) {
            sum += Math.pow(rank, -skew);
        }
        return sum;
    }

    @Test
    void shouldPutUpToThreeDifferentItemsOfOneUserInAnOrder() {
        Map<String, List<BehaviorEvent>> orders = shop.batch(EVENTS, List.of()).stream()
                .filter(event -> event.getType() == EventType.PURCHASE)
                .collect(Collectors.groupingBy(BehaviorEvent::getOrderId));
        assertThat(orders.values()).allSatisfy(lines -> {
            assertThat(lines).hasSizeBetween(1, 3);
            assertThat(lines)
                    .extracting(BehaviorEvent::getUserId)
                    .containsOnly(lines.get(0).getUserId());
            assertThat(lines).extracting(BehaviorEvent::getItemId).doesNotHaveDuplicates();
            assertThat(lines)
                    .extracting(BehaviorEvent::getEventTime)
                    .containsOnly(lines.get(0).getEventTime());
        });
        assertThat(orders.values()).extracting(List::size).contains(1, 2, 3);
    }

    @Test
    void shouldMakeBundlesOfTwoToFourDifferentItems() {
        assertThat(shop.bundles()).hasSize(400).allSatisfy(bundle -> {
            assertThat(bundle.getMembers()).hasSizeBetween(2, 4);
            assertThat(bundle.getMembers()).extracting(BundleMember::getItemId).doesNotHaveDuplicates();
            assertThat(bundle.getPriceMinor()).isLessThan(bundle.getListPriceMinor());
        });
    }

    @Test
    void shouldGiveATenthOfTheBundlesASlotAndChangeNothingElse() {
        BenchShop slots = new BenchShop(2_000, 1_000, 400, 0.1, 7);

        assertThat(slots.batch(2_000, offers(100))).isEqualTo(shop.batch(2_000, offers(100)));
        int open = 0;
        for (int b = 0; b < 400; b++) {
            Bundle fixed = shop.bundles().get(b);
            Bundle other = slots.bundles().get(b);
            if (other.getSlots().isEmpty()) {
                assertThat(other).isEqualTo(fixed);
            } else {
                open++;
                assertThat(other.getMembers())
                        .containsExactly(fixed.getMembers().get(0));
                assertThat(other.getSlots().get(0).getUnits() + 1)
                        .isEqualTo(fixed.getMembers().size());
                assertThat(new CatalogRules(100, 1_000_000).problem(CatalogMapper.BUNDLES.toDomain(other)))
                        .isNull();
            }
        }
        assertThat(open).isEqualTo(40);
    }

    @Test
    void shouldAnswerOffersWithinTheEventsThatAreAskedFor() {
        List<BehaviorEvent> events = shop.batch(EVENTS, offers(30_000));
        Map<EventType, Long> counts =
                events.stream().collect(Collectors.groupingBy(BehaviorEvent::getType, Collectors.counting()));
        assertThat(events).hasSize(EVENTS);
        assertThat(counts.get(EventType.OFFER_IMPRESSION) / 30_000.0).isCloseTo(BenchShop.SEEN, within(0.01));
        assertThat(counts.get(EventType.OFFER_CLICK) / (double) counts.get(EventType.OFFER_IMPRESSION))
                .isCloseTo(BenchShop.CLICKED, within(0.015));
        List<BehaviorEvent> bought = events.stream()
                .filter(event -> event.getType() == EventType.PURCHASE && event.getOfferId() != null)
                .toList();
        assertThat(bought)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getBundleId()).isNotNull());
    }

    @Test
    void shouldAnswerNoOfferOfAUserWhoGetsManyInABatch() {
        assertThat(shop.batch(1_000, offers(100_000)))
                .allSatisfy(event -> assertThat(event.getOfferId()).isNull());
    }

    @Test
    void shouldNotLetAnswersTakeMoreThanAQuarter() {
        long answers = shop.batch(1_000, offers(30_000)).stream()
                .filter(event -> event.getOfferId() != null)
                .count();
        assertThat(answers).isBetween(240L, 260L);
    }

    @Test
    void shouldMakeTheSameEventsOfTheSameSeed() {
        BenchShop same = new BenchShop(2_000, 1_000, 400, 0, 7);
        BenchShop other = new BenchShop(2_000, 1_000, 400, 0, 8);
        List<BehaviorEvent> events = shop.batch(2_000, offers(100));
        assertThat(same.bundles()).isEqualTo(shop.bundles());
        assertThat(same.batch(2_000, offers(100))).isEqualTo(events);
        assertThat(other.batch(2_000, offers(100))).isNotEqualTo(events);
    }

    @Test
    void shouldMakeEventsThatTheServiceAcceptsOfShoppersWhoAreNoRobots() {
        KomboConfig config = KomboConfig.of(Map.of());
        EventRules rules = EventRules.of(config);
        Map<String, ActionRate> watches = new HashMap<>();
        // The fewest users that the command takes are the busiest.
        BenchShop small = new BenchShop(100, 100, 50, 0, 3);
        List<BehaviorEvent> events = new ArrayList<>(small.batch(20_000, List.of()));
        events.addAll(small.batch(20_000, offers(20_000)));
        assertThat(events).extracting(BehaviorEvent::getEventId).doesNotHaveDuplicates();
        assertThat(new HashSet<>(events)).hasSameSizeAs(events);
        for (BehaviorEvent event : events.stream()
                .sorted(Comparator.comparingLong(BehaviorEvent::getEventTime))
                .toList()) {
            ShopperEvent domain = EventMapper.toDomain(event);
            assertThat(rules.check(domain, event.getEventTime())).isNull();
            ActionRate watch = watches.computeIfAbsent(event.getUserId(), unused -> new ActionRate());
            watch.action(domain.time(), config.get(ShopperSettings.ROBOT_RATE), RobotDetector.FLAG_MILLIS);
            assertThat(watch.robotAt(domain.time())).as(event.getUserId()).isFalse();
        }
    }
}
