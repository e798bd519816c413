package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.shop.simulation.SimulationSettings.BasketKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is different in each world, by what its items have in common and what its shoppers want. */
class WorldVariantTest {
    private static final int GROUP = SimulatedCatalog.ITEMS / SimulatedCatalog.CATEGORIES;

    private static SimulatedCatalog catalog(WorldVariant variant) {
        return new SimulatedCatalog(3, 0, variant);
    }

    /** Mean product of the traits of neighbours within groups of items, which follow one another. */
    private static double alike(SimulatedCatalog catalog, List<Integer> items) {
        return IntStream.range(0, items.size() - 1)
                .filter(i -> i % GROUP != GROUP - 1)
                .mapToDouble(i -> product(catalog.traits(items.get(i)), catalog.traits(items.get(i + 1))))
                .average()
                .orElseThrow();
    }

    private static double product(double[] first, double[] second) {
        return IntStream.range(0, first.length)
                .mapToDouble(t -> first[t] * second[t])
                .sum();
    }

    private static List<Integer> byCategory() {
        return IntStream.range(0, SimulatedCatalog.ITEMS).boxed().toList();
    }

    private static List<Integer> byPrice(SimulatedCatalog catalog) {
        return byCategory().stream()
                .sorted(Comparator.comparingLong(catalog::price))
                .toList();
    }

    @Test
    void shouldLikeWhatIsOfOneCategoryOrOfOnePriceOrOnlyTheItem() {
        SimulatedCatalog standard = catalog(WorldVariant.STANDARD);
        double shared = alike(standard, byCategory());
        assertThat(alike(standard, byPrice(standard))).isLessThan(shared / 4);
        SimulatedCatalog priced = catalog(WorldVariant.TASTE_BY_PRICE);
        assertThat(alike(priced, byPrice(priced))).isGreaterThan(shared / 2);
        assertThat(alike(priced, byCategory())).isLessThan(shared / 4);
        SimulatedCatalog own = catalog(WorldVariant.TASTE_BY_ITEM);
        assertThat(alike(own, byPrice(own))).isLessThan(shared / 4);
        assertThat(alike(own, byCategory())).isLessThan(shared / 4);
    }

    @Test
    void shouldWantACategoryInItsSeason() {
        SimulationSettings settings = Simulated.settings(1, 1, 2, 0.1);
        SimulatedShopper shopper = SimulatedShopper.all(settings).get(0);
        double[] standard = new Preferences(catalog(WorldVariant.STANDARD), 1).preferences(shopper, 91);
        double[] season = new Preferences(catalog(WorldVariant.SEASON), 1).preferences(shopper, 91);
        assertThat(DoubleStream.of(season).sum()).isCloseTo(1, within(1e-9));
        int opposite = SimulatedCatalog.ITEMS / 2;
        assertThat(season[0] / standard[0])
                .as("category 0 on day 91")
                .isGreaterThan(5 * season[opposite] / standard[opposite]);
    }

    @Test
    void shouldTireSoonerOnlyWhereItIsAboutFatigue() {
        assertThat(WorldVariant.FATIGUE.fatigue()).isEqualTo(5 * WorldVariant.STANDARD.fatigue());
        assertThat(WorldVariant.SEASON.fatigue()).isEqualTo(WorldVariant.STANDARD.fatigue());
    }

    @Test
    void shouldCompareADiscountWithTheLargestSeenLatelyOnlyWhereItIsAboutReferencePrices() {
        ShopperMemory memory = new ShopperMemory();
        memory.saw(0, 0.2);
        memory.saw(SimulationSettings.DAY, 0.1);
        assertThat(memory.mood(2 * SimulationSettings.DAY).discount()).isEqualTo(0.2);
        assertThat(memory.mood(30 * SimulationSettings.DAY).discount()).isEqualTo(0.1);
        assertThat(memory.mood(31 * SimulationSettings.DAY).discount()).isZero();
        assertThat(accepted(WorldVariant.STANDARD, 0.2)).isEqualTo(accepted(WorldVariant.STANDARD, 0));
        assertThat(accepted(WorldVariant.REFERENCE_PRICE, 0.2))
                .isLessThan(0.9 * accepted(WorldVariant.REFERENCE_PRICE, 0));
    }

    private static double accepted(WorldVariant variant, double seen) {
        SimulatedWorld world = new SimulatedWorld(
                new SimulationSettings(1, 5, 10, 1, 0.05, BasketKind.SMALL, Timetable.fast(), variant, false));
        SimulatedShopper shopper = SimulatedShopper.all(world.settings()).get(0);
        double[] wishes =
                HiddenConversion.wishes(world.catalog(), world.preferences().preferences(shopper, 0));
        return world.conversionModel()
                .choice(
                        shopper,
                        wishes,
                        world.catalog().position(0),
                        List.of(),
                        new ShopperMemory.OfferFatigue(0, List.of(), List.of(), seen))
                .probability();
    }

    @Test
    void shouldSellAccessoriesWithDurableGoodsAndNobodyASecondOneOfAKindInAShopOfSets() {
        SimulatedWorld world = new SimulatedWorld(new SimulationSettings(
                3, 40, 200, 1, 0.015, BasketKind.SMALL, Timetable.fast(), WorldVariant.SETS, false));
        SimulatedCatalog catalog = world.catalog();
        int accessories = 0;
        int accessoriesWithDurable = 0;
        int others = 0;
        int othersWithDurable = 0;
        for (SimulatedShopper shopper : SimulatedShopper.all(world.settings())) {
            List<Integer> durables = new ArrayList<>();
            for (OrganicBehavior.Visit visit : new OrganicBehavior(world, shopper).visits()) {
                int[] lines = visit.lines();
                for (int line : lines) {
                    assertThat(durables).noneMatch(had -> catalog.replaces(had, line));
                    if (catalog.durable(line)) {
                        durables.add(line);
                        continue;
                    }
                    boolean withDurable = IntStream.of(lines).anyMatch(catalog::durable);
                    if (catalog.accessory(line)) {
                        accessories++;
                        accessoriesWithDurable += withDurable ? 1 : 0;
                    } else {
                        others++;
                        othersWithDurable += withDurable ? 1 : 0;
                    }
                }
            }
        }
        assertThat(accessories).isPositive();
        double durableShare = IntStream.range(0, SimulatedCatalog.ITEMS)
                .filter(catalog::durable)
                .mapToDouble(catalog::demand)
                .sum();
        assertThat(accessoriesWithDurable / (double) accessories).isGreaterThan(1.2 * durableShare);
        assertThat(accessoriesWithDurable / (double) accessories)
                .as("share of the accessories that are bought with a durable good, beside that of other consumables")
                .isGreaterThan(1.5 * othersWithDurable / others);
    }

    @Test
    void shouldAcceptWhatCompletesTheBasketInAShopOfSets() {
        SimulatedWorld world = new SimulatedWorld(new SimulationSettings(
                3, 5, 10, 1, 0.015, BasketKind.SMALL, Timetable.fast(), WorldVariant.SETS, false));
        SimulatedShopper shopper = SimulatedShopper.all(world.settings()).get(0);
        SimulatedCatalog catalog = world.catalog();
        int bundle = IntStream.range(0, SimulatedCatalog.BUNDLES)
                .filter(b -> catalog.members(b).length == 2
                        && catalog.goTogether(catalog.members(b)[0], catalog.members(b)[1]))
                .filter(b -> IntStream.of(catalog.members(b)).noneMatch(catalog::durable))
                .findFirst()
                .orElseThrow();
        int inCart = catalog.members(bundle)[0];
        assertThat(accepted(world, shopper, bundle, List.of(inCart)))
                .isGreaterThan(5 * accepted(world, shopper, bundle, List.of()));
        int durable = IntStream.range(0, SimulatedCatalog.BUNDLES)
                .filter(b -> IntStream.of(catalog.members(b)).anyMatch(catalog::durable))
                .findFirst()
                .orElseThrow();
        int had = IntStream.of(catalog.members(durable))
                .filter(catalog::durable)
                .findFirst()
                .orElseThrow();
        int other = IntStream.range(0, SimulatedCatalog.ITEMS)
                .filter(item -> item != had && catalog.replaces(had, item))
                .findFirst()
                .orElseThrow();
        assertThat(accepted(world, shopper, durable, List.of(other)))
                .as("a second one of its kind beside the one in the cart")
                .isLessThan(accepted(world, shopper, durable, List.of()));
    }

    private static double accepted(SimulatedWorld world, SimulatedShopper shopper, int bundle, List<Integer> basket) {
        double[] wishes = world.wishes(world.preferences().preferences(shopper, 0), List.of(), basket);
        return world.conversionModel()
                .choice(shopper, wishes, world.catalog().position(bundle), basket, ShopperMemory.OfferFatigue.FRESH)
                .probability();
    }
}
