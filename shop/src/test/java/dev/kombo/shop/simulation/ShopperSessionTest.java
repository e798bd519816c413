package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.simulation.OrganicBehavior.Visit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One visit with offers, in a shop where hardly any offer that is noticed is refused. */
class ShopperSessionTest {
    private final SimulatedWorld world = new SimulatedWorld(Simulated.settings(2, 60, 400, 0.5));
    private final SimulatedCatalog catalog = world.catalog();
    private final List<SimulatedShopper> shoppers = SimulatedShopper.all(world.settings());

    /** A visit whose shopper takes a bundle that holds one of the lines but not the others. */
    private record Taking(
            ShopperSession session, SessionEvents events, int line, int bundle, List<BehaviorEvent> told) {}

    private Taking taking(boolean carted) {
        for (SimulatedShopper shopper : shoppers) {
            for (Visit visit : new OrganicBehavior(world, shopper).visits()) {
                for (int line = 0; line < visit.lines().length; line++) {
                    int bundle = bundleWith(visit.lines(), line);
                    if (bundle >= 0) {
                        Taking taking = taking(shopper, visit, line, bundle, carted);
                        if (taking != null) {
                            return taking;
                        }
                    }
                }
            }
        }
        throw new AssertionError("nobody takes anything");
    }

    private Taking taking(SimulatedShopper shopper, Visit visit, int line, int bundle, boolean carted) {
        ShopperSession session = new ShopperSession(world, shopper, visit, new ShopperMemory());
        SessionEvents events = new SessionEvents(world, session);
        List<BehaviorEvent> told = new ArrayList<>();
        int step = carted ? visit.lines().length : 0;
        for (int s = 0; s <= step; s++) {
            events.step(s, told);
        }
        ShownSlate slate = HiddenConversionTest.slate(world, bundle);
        ShopperSession.SlateFeedback feedback =
                session.feedback(step, slate, Timetable.fast().feedbackAt(shopper, visit.day(), step));
        events.feedback(step, slate, feedback, told);
        return feedback.taken() == null ? null : new Taking(session, events, line, bundle, told);
    }

    private int bundleWith(int[] lines, int line) {
        for (int bundle = 0; bundle < SimulatedCatalog.BUNDLES; bundle++) {
            int held = 0;
            for (int item : lines) {
                held += SimulatedCatalog.contains(catalog.members(bundle), item) ? 1 : 0;
            }
            if (held == 1 && SimulatedCatalog.contains(catalog.members(bundle), lines[line])) {
                return bundle;
            }
        }
        return -1;
    }

    @Test
    void shouldNotBuyApartWhatComesInABundle() {
        Taking taking = taking(true);
        int[] lines = taking.session().visit().lines();
        long apart = 0;
        for (int line = 0; line < lines.length; line++) {
            apart += line == taking.line() ? 0 : catalog.price(lines[line]);
        }
        assertThat(taking.session().buys(taking.line())).isFalse();
        assertThat(taking.session().revenueMinor()).isEqualTo(apart + catalog.bundlePrice(taking.bundle()));
        assertThat(taking.session().organicRevenueMinor()).isEqualTo(apart + catalog.price(lines[taking.line()]));
        assertThat(taking.session().purchases()).isEqualTo(lines.length);
    }

    @Test
    void shouldTellWhatHappenedAsAShopWould() {
        Taking taking = taking(true);
        List<BehaviorEvent> told = taking.told();
        taking.events().step(taking.session().checkout(), told);
        String item = catalog.itemId(taking.session().visit().lines()[taking.line()]);
        String bundle = catalog.bundles().get(taking.bundle()).getBundleId();

        assertThat(told.get(0).getType()).isEqualTo(EventType.OFFER_REQUEST);
        assertThat(told)
                .filteredOn(event -> event.getType() == EventType.OFFER_IMPRESSION)
                .singleElement()
                .satisfies(event -> assertThat(event.getOfferId()).isEqualTo("offer"));
        assertThat(told)
                .filteredOn(event -> event.getType() == EventType.OFFER_CLICK)
                .singleElement()
                .satisfies(event -> assertThat(event.getBundleId()).isEqualTo(bundle));
        assertThat(told)
                .filteredOn(event -> event.getType() == EventType.REMOVE_FROM_CART)
                .singleElement()
                .satisfies(event -> assertThat(event.getItemId()).isEqualTo(item));
        List<BehaviorEvent> purchases = told.stream()
                .filter(event -> event.getType() == EventType.PURCHASE)
                .toList();
        assertThat(purchases).extracting(BehaviorEvent::getItemId).doesNotContain(item);
        assertThat(purchases)
                .filteredOn(event -> event.getBundleId() != null)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getBundleId()).isEqualTo(bundle);
                    assertThat(event.getOfferId()).isEqualTo("offer");
                    assertThat(event.getUnitPriceMinor()).isEqualTo(catalog.bundlePrice(taking.bundle()));
                });
        assertThat(purchases.stream()
                        .mapToLong(BehaviorEvent::getUnitPriceMinor)
                        .sum())
                .isEqualTo(taking.session().revenueMinor());
        assertThat(purchases).extracting(BehaviorEvent::getOrderId).doesNotContainNull();
        assertThat(purchases.stream().map(BehaviorEvent::getOrderId).distinct()).hasSize(1);
        assertThat(told).extracting(BehaviorEvent::getEventId).doesNotHaveDuplicates();
        assertThat(told).extracting(BehaviorEvent::getEventTime).isSorted();
    }

    @Test
    void shouldNotPutIntoTheCartWhatWasTakenBefore() {
        Taking taking = taking(false);
        List<BehaviorEvent> told = new ArrayList<>();
        taking.events().step(taking.line() + 1, told);

        assertThat(told).extracting(BehaviorEvent::getType).doesNotContain(EventType.ADD_TO_CART);
        assertThat(taking.session().basket().size()).isEqualTo(catalog.members(taking.bundle()).length);
    }

    /**
     * Of the repeats of what was stocked up on, 30 % are not needed in the next three visits; all are in the fourth.
     */
    @Test
    void shouldNeedLessOfWhatWasStockedUpOn() {
        int repeats = 0;
        int needed = 0;
        for (SimulatedShopper shopper : shoppers) {
            List<Visit> visits = new OrganicBehavior(world, shopper).visits();
            for (int first = 0; first + 4 < visits.size(); first++) {
                ShopperMemory memory = new ShopperMemory();
                memory.took(visits.get(first).lines(), first, 0);
                for (int later = first; later <= first + 4; later++) {
                    Visit visit = visits.get(later);
                    ShopperSession session = new ShopperSession(world, shopper, visit, memory);
                    boolean stocked = later > first && later <= first + 3;
                    for (int line = 0; line < visit.lines().length; line++) {
                        boolean repeat = stocked
                                && SimulatedCatalog.contains(visits.get(first).lines(), visit.lines()[line]);
                        repeats += repeat ? 1 : 0;
                        needed += repeat && session.buys(line) ? 1 : 0;
                        assertThat(repeat || session.buys(line)).isTrue();
                    }
                }
            }
        }
        assertThat(repeats).isGreaterThan(400);
        double error = Math.sqrt(0.3 * 0.7 / repeats);
        assertThat(needed / (double) repeats).isBetween(0.7 - 4 * error, 0.7 + 4 * error);
    }

    @Test
    void shouldTireOfOffersAndRecover() {
        ShopperMemory memory = new ShopperMemory();
        memory.saw(0, 0.2);
        memory.saw(7 * SimulationSettings.DAY, 0.1);
        assertThat(memory.mood(7 * SimulationSettings.DAY).fatigue()).isEqualTo(1.5);
        assertThat(memory.mood(14 * SimulationSettings.DAY).fatigue()).isEqualTo(0.75);
        memory.took(new int[] {4, 9}, 0, 0);
        assertThat(memory.mood(SimulationSettings.DAY).had(new int[] {9, 1})).isEqualTo(0.5);
        assertThat(memory.mood(31 * SimulationSettings.DAY).had(new int[] {9, 1}))
                .isZero();
    }
}
