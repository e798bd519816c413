package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleSlot;
import dev.kombo.schema.OfferObjective;
import dev.kombo.serde.EventMapper;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.shop.Progress;
import dev.kombo.shop.simulation.ShopperMemory.OfferFatigue;
import dev.kombo.shop.simulation.SimulationSettings.BasketKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shop whose bundles have slots: of the same items at the same discount, with shoppers who swap. */
@Timeout(120)
class SlotBundlesTest {
    private static final SimulationSettings SETTINGS = new SimulationSettings(
            3, 300, 40, 6, 0.06, BasketKind.SMALL, Timetable.fast(), WorldVariant.STANDARD, true);

    private final SimulatedWorld world = new SimulatedWorld(SETTINGS);
    private final SimulatedCatalog catalog = world.catalog();

    @Test
    void shouldOfferTheItemsOfTheFixedBundlesAtTheirDiscount() {
        Set<String> fixed = new HashSet<>();
        catalog.bundles().forEach(bundle -> fixed.addAll(ids(bundle)));
        Set<String> offered = new HashSet<>();
        int choices = 0;
        for (Bundle bundle : world.published()) {
            offered.addAll(ids(bundle));
            Bundle first = catalog.bundles().get(catalog.bundleIndex(bundle.getBundleId()));
            int units = bundle.getMembers().size();
            for (BundleSlot slot : bundle.getSlots()) {
                units += slot.getUnits();
                assertThat(slot.getItems()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(slot.getUnits());
                assertThat(slot.getItems().stream().map(id -> SimulatedCatalog.category(catalog.itemIndex(id))))
                        .containsOnly(SimulatedCatalog.category(
                                catalog.itemIndex(slot.getItems().get(0))));
                choices += slot.getItems().size() > slot.getUnits() ? 1 : 0;
            }
            assertThat(units).isEqualTo(first.getMembers().size());
            if (!bundle.getSlots().isEmpty()) {
                assertThat(bundle.getPriceTiers().get(0).getDiscountBasisPoints())
                        .isBetween(800, 1_200);
            }
        }
        assertThat(offered).isEqualTo(fixed);
        assertThat(choices).isGreaterThan(50);
        assertThat(world.published()).hasSizeLessThan(SimulatedCatalog.BUNDLES);
    }

    private static Set<String> ids(Bundle bundle) {
        Set<String> ids = new HashSet<>();
        bundle.getMembers().stream().map(BundleMember::getItemId).forEach(ids::add);
        bundle.getSlots().forEach(slot -> ids.addAll(slot.getItems()));
        return ids;
    }

    @Test
    void shouldSwapOnlyForWhatIsLikedMoreByMoreThanTheEffort() {
        SimulatedShopper shopper = SimulatedShopper.all(SETTINGS).get(0);
        double[] wishes = new double[SimulatedCatalog.ITEMS];
        ShownSlate.Position same = new ShownSlate.Position(0, new int[] {0, 1}, 1_000);
        ShownSlate.Position other = new ShownSlate.Position(0, new int[] {0, 2}, 1_000);
        ShownSlate.Position offered =
                new ShownSlate.Position(0, new int[] {0, 1}, 1_000, List.of(same, other), Map.of());

        wishes[2] = -9;
        assertThat(choice(shopper, wishes, offered).position()).isSameAs(offered);
        wishes[2] = 9;
        HiddenConversion.Choice swapped = choice(shopper, wishes, offered);
        assertThat(swapped.position()).isSameAs(other);
        assertThat(swapped.probability())
                .isGreaterThan(choice(shopper, wishes, same).probability())
                .isLessThan(choice(shopper, wishes, other).probability());
    }

    private HiddenConversion.Choice choice(SimulatedShopper shopper, double[] wishes, ShownSlate.Position offered) {
        return world.conversionModel().choice(shopper, wishes, offered, new ArrayList<>(), OfferFatigue.FRESH);
    }

    /** Swaps are bought at prices that the offer does not state as its own: the report must have them to the penny. */
    @Test
    void shouldReportWhatShoppersPaidWhoSwapped() throws InterruptedException {
        StrategyPlan plan = StrategyMapper.PLANS.toDomain(
                SimulationStrategy.standard(OfferObjective.REVENUE, SETTINGS.experimentStart()));
        List<Map<String, String>> stated = new ArrayList<>();
        InProcessService service = new InProcessService(Simulated.engine(SETTINGS.seed()), plan, world) {
            @Override
            public List<ShownSlate> process(List<BehaviorEvent> published) {
                published.forEach(
                        event -> stated.add(EventMapper.toDomain(event).swaps()));
                return super.process(published);
            }
        };
        Set<ShopperSession> sessions = new HashSet<>();
        Set<ShownSlate.Position> offered = Collections.newSetFromMap(new IdentityHashMap<>());
        Simulation simulation = new Simulation(world, (session, slate, step, time) -> {
            sessions.add(session);
            offered.addAll(slate.positions());
        });
        simulation.run(service, Progress.NONE, Long.MIN_VALUE);

        List<ShownSlate.Position> taken = sessions.stream()
                .flatMap(session -> session.taken().stream())
                .map(ShopperSession.Taken::position)
                .toList();
        assertThat(taken.stream().filter(offered::contains).count()).isPositive();
        assertThat(stated.stream().filter(swaps -> swaps.size() == 1).count())
                .as("a purchase states what was swapped")
                .isEqualTo(taken.stream()
                        .filter(position -> !offered.contains(position))
                        .count())
                .isPositive();
        ServiceReport report = service.report();
        assertThat(report.arms()).containsKey("treatment");
        report.arms().forEach((arm, reported) -> {
            ServiceReport.ArmTotals paid = simulation.truth().figures(report.entries(), arm);
            assertThat(reported.revenueMinor()).as(arm).isEqualTo(paid.revenueMinor());
            assertThat(reported.purchases()).as(arm).isEqualTo(paid.purchases());
            assertThat(reported.conversions()).as(arm).isGreaterThanOrEqualTo(paid.conversions());
        });
    }
}
