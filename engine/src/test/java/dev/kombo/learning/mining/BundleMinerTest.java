package dev.kombo.learning.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Neighbor;
import dev.kombo.learning.mining.BundleMiner.MiningView;
import dev.kombo.price.BundlePricing;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleMinerTest {
    private static final NeighborSettings ROOMY = new NeighborSettings(200, 64, 1, 60L * 86_400_000, 30);

    /** A small shop: one item costs 100 times its number, in pounds, or what the test says. */
    private static final class Shop implements MiningView {
        final Map<String, NeighborCounts> items = new TreeMap<>();
        final Map<String, Long> purchases = new HashMap<>();
        final Map<String, Long> prices = new HashMap<>();
        final Map<String, String> currencies = new HashMap<>();
        final Map<String, String> categories = new HashMap<>();
        final Set<List<String>> replaced = new HashSet<>();
        long orders;
        int compared;

        void order(Set<String> order, Set<String> offered) {
            orders++;
            for (String item : order) {
                purchases.merge(item, 1L, Long::sum);
                List<String> partners = new ArrayList<>(order);
                partners.remove(item);
                Set<String> joined = new HashSet<>(offered.contains(item) ? offered : Set.of());
                joined.remove(item);
                items.computeIfAbsent(item, id -> new NeighborCounts(ROOMY))
                        .addOrder(item, partners, joined, order.size(), orders);
            }
        }

        void orders(int times, Set<String> order) {
            for (int i = 0; i < times; i++) {
                order(order, Set.of());
            }
        }

        List<MinedBundle> mine(BundleMiner miner) {
            List<MinedBundle> mined = new ArrayList<>();
            items.forEach((item, counts) ->
                    mined.addAll(miner.mine(item, counts, purchases(item), this, true, replaced::contains)));
            return mined;
        }

        @Override
        public long orders() {
            return orders;
        }

        @Override
        public long purchases(String itemId) {
            return purchases.getOrDefault(itemId, 0L);
        }

        @Override
        public long orders(String itemId, String otherId) {
            return items.get(itemId).partners().stream()
                    .filter(partner -> partner.itemId().equals(otherId))
                    .mapToLong(PartnerCount::orders)
                    .sum();
        }

        @Override
        public String category(String itemId) {
            compared++;
            return categories.get(itemId);
        }

        @Override
        public List<String> partners(String itemId) {
            return items.get(itemId).strongest(30).stream()
                    .map(Neighbor::itemId)
                    .toList();
        }

        @Override
        public long priceMinor(String itemId) {
            return prices.getOrDefault(itemId, 1000L);
        }

        @Override
        public String currency(String itemId) {
            return currencies.getOrDefault(itemId, "GBP");
        }
    }

    private final BundleMiner miner = new BundleMiner(MiningSettings.of(SettingValues.defaults()));
    private final Shop shop = new Shop();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepWhatItFindsUntilAMemberIsBoughtByEverybody(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 600; i++) {
            Set<String> order =
                    new TreeSet<>(i % 10 == 0 ? Set.of("a", "b") : i % 10 == 1 ? Set.of("c", "d", "e") : Set.of());
            while (order.isEmpty() || random.nextBoolean()) {
                order.add("x" + random.nextInt(200));
            }
            shop.order(order, Set.of());
        }
        List<MinedBundle> found = shop.mine(miner);
        assertThat(found).extracting(MinedBundle::members).contains(List.of("a", "b"), List.of("c", "d", "e"));
        assertThat(found).allMatch(this::holds);

        shop.orders(6_000, Set.of("b", "d"));
        assertThat(found)
                .filteredOn(this::holds)
                .extracting(MinedBundle::members)
                .containsExactly(List.of("c", "e"));
    }

    private MinedBundle today(MinedBundle bundle) {
        return miner.today(bundle, shop.items.get(bundle.members().get(0)), shop, false);
    }

    private boolean holds(MinedBundle bundle) {
        return today(bundle) != null;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindWhatABruteForceCountFinds(long seed) {
        Random random = new Random(seed);
        List<Set<String>> orders = new ArrayList<>();
        List<Set<String>> offers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Set<String> order = new TreeSet<>();
            int theme = random.nextInt(16);
            while (order.size() < 2 + random.nextInt(3)) {
                order.add("i" + (random.nextInt(4) == 0 ? random.nextInt(50) : theme * 3 + random.nextInt(3)));
            }
            Set<String> offered = i % 5 == 0 ? new HashSet<>(new ArrayList<>(order).subList(0, 2)) : Set.of();
            orders.add(order);
            offers.add(offered);
            shop.order(order, offered);
        }
        Map<String, Long> expected = new TreeMap<>();
        List<String> items = new ArrayList<>(shop.items.keySet());
        for (int a = 0; a < items.size(); a++) {
            for (int b = a + 1; b < items.size(); b++) {
                long pair = expect(List.of(items.get(a), items.get(b)), orders, offers, expected);
                for (int c = b + 1; c < items.size() && pair >= 6; c++) {
                    expect(List.of(items.get(a), items.get(b), items.get(c)), orders, offers, expected);
                }
            }
        }
        // The lower bound has its own tests; here everything that the other rules let pass must be found.
        BundleMiner unbounded =
                new BundleMiner(new MiningSettings(300, 6, 15, 2, 0, 1000, new BundlePricing(1000, 2500), false));
        Map<String, Long> actual = new TreeMap<>();
        for (MinedBundle bundle : shop.mine(unbounded)) {
            assertThat(actual.put(bundle.members().toString(), bundle.support()))
                    .isNull();
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(expected.keySet()).anyMatch(members -> members.split(",").length == 3);
        assertThat(expected.keySet()).anyMatch(members -> members.split(",").length == 2);
    }

    private static long support(List<String> members, List<Set<String>> orders, List<Set<String>> offers) {
        long support = 0;
        for (int i = 0; i < orders.size(); i++) {
            // Orders with an offer that joins a member with the first one add no support, to a pair or to a triple.
            Set<String> joined = offers.get(i).contains(members.get(0)) ? offers.get(i) : Set.of();
            boolean caused = members.stream().skip(1).anyMatch(joined::contains);
            support += orders.get(i).containsAll(members) && !caused ? 1 : 0;
        }
        return support;
    }

    private long expect(
            List<String> members, List<Set<String>> orders, List<Set<String>> offers, Map<String, Long> expected) {
        long support = support(members, orders, offers);
        double independent = shop.orders;
        for (String member : members) {
            independent *= (double) shop.purchases(member) / shop.orders;
        }
        boolean belong = true;
        for (int out = 0; out < members.size() && members.size() > 2; out++) {
            List<String> pair = new ArrayList<>(members);
            long third = shop.purchases(pair.remove(out));
            double both = Math.max(support, support(pair, orders, offers));
            belong &= support * shop.orders / both / third >= 2;
        }
        if (support >= 6 && belong && Math.pow(support / independent, 1.0 / (members.size() - 1)) >= 2) {
            expected.put(members.toString(), support);
        }
        return support;
    }

    /**
     * A shop whose truth is known: kettle is bought with one of six mugs, a lamp with bulb, shade and plug together, a
     * with b; and everything else by chance.
     */
    private void plant(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_200; i++) {
            Set<String> order = switch (i % 10) {
                case 0 -> new TreeSet<>(Set.of("kettle", "mug" + random.nextInt(6)));
                case 1 -> new TreeSet<>(Set.of("lamp", "bulb", "shade", "plug"));
                case 2 -> new TreeSet<>(Set.of("a", "b"));
                default -> new TreeSet<>();
            };
            while (order.isEmpty() || random.nextBoolean()) {
                order.add("x" + random.nextInt(200));
            }
            shop.order(order, Set.of());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldProposeOneBundleWithASlotWhereItemsAreInterchangeable(long seed) {
        plant(seed);
        List<String> mugs = List.of("mug0", "mug1", "mug2", "mug3", "mug4", "mug5");
        mugs.forEach(mug -> shop.categories.put(mug, "Mugs"));
        List.of("bulb", "shade", "plug", "lamp", "a", "b").forEach(item -> shop.categories.put(item, "Other"));
        shop.prices.put("kettle", 600L);
        List<MinedBundle> found = shop.mine(miner);

        List<MinedBundle> slots =
                found.stream().filter(bundle -> bundle.slot() != null).toList();
        assertThat(slots).hasSize(1);
        MinedBundle kettle = slots.get(0);
        assertThat(kettle.id()).isEqualTo(MinedBundle.idOfSlot("kettle"));
        assertThat(kettle.members()).containsExactly("kettle");
        assertThat(kettle.slot().name()).isEqualTo("Mugs");
        assertThat(kettle.slot().items()).containsExactlyInAnyOrderElementsOf(mugs);
        assertThat(kettle.support()).isBetween(115L, 125L);
        assertThat(kettle.slot().togetherOrders()).isLessThan(3);
        assertThat(kettle.lift()).isGreaterThan(5);
        assertThat(kettle.listPriceMinor()).isEqualTo(1_600);
        assertThat(kettle.priceMinor()).as("less a quarter of 600").isEqualTo(1_500);
        assertThat(today(kettle).lift()).isEqualTo(kettle.lift());
        assertThat(found)
                .as("the parts do not stand beside it")
                .filteredOn(bundle -> bundle.slot() == null)
                .noneMatch(bundle -> bundle.members().stream().anyMatch(mugs::contains));
        assertThat(found)
                .extracting(MinedBundle::members)
                .contains(List.of("a", "b"), List.of("bulb", "lamp", "shade"), List.of("bulb", "lamp"));
        assertThat(shop.mine(miner)).as("once").isEmpty();

        shop.orders(4_000, Set.of("kettle"));
        assertThat(holds(kettle)).as("when everybody buys kettle").isFalse();
    }

    @Test
    void shouldFindThatItemsAreOfOneKindByWhatTheyAreBoughtWith() {
        for (int i = 0; i < 60; i++) {
            String mug = "mug" + i % 3;
            shop.orders(1, Set.of("tea", mug));
            shop.orders(1, Set.of("spoon", mug));
            shop.orders(1, Set.of("honey", mug));
            shop.orders(3, Set.of("x" + i));
        }
        List<MinedBundle> found = shop.mine(miner);
        assertThat(found)
                .as("any of these mugs, and with a mug any of the others")
                .hasSize(6);
        assertThat(found)
                .filteredOn(bundle -> !bundle.members().get(0).startsWith("mug"))
                .allSatisfy(bundle -> assertThat(bundle.slot())
                        .isEqualTo(new MinedSlot(MinedSlot.CHOICE, List.of("mug0", "mug1", "mug2"), 0)))
                .flatExtracting(MinedBundle::members)
                .containsExactlyInAnyOrder("tea", "spoon", "honey");
    }

    @Test
    void shouldKeepAnItemInTheChoiceThoughACustomerBoughtItWithAnotherAFewTimes() {
        for (int mug = 0; mug < 4; mug++) {
            shop.categories.put("mug" + mug, "Mugs");
            shop.orders(12, Set.of("kettle", "mug" + mug));
        }
        shop.orders(3, Set.of("mug2", "mug3"));
        shop.orders(200, Set.of("x", "y"));
        assertThat(shop.mine(miner))
                .filteredOn(bundle -> bundle.slot() != null)
                .singleElement()
                .satisfies(bundle -> assertThat(bundle.slot().items()).hasSize(4));
    }

    @Test
    void shouldProposeNoSlotOfItemsOfDifferentCategories() {
        shop.categories.putAll(Map.of("beans0", "Coffee", "beans1", "Coffee", "brush", "Tools"));
        shop.categories.putAll(Map.of("grinder", "Grinders", "scale", "Scales", "tamper", "Tampers"));
        for (int i = 0; i < 60; i++) {
            String other = List.of("beans0", "beans1", "brush").get(i % 3);
            shop.orders(1, Set.of("grinder", other));
            shop.orders(1, Set.of("scale", other));
            shop.orders(1, Set.of("tamper", other));
            shop.orders(3, Set.of("x" + i));
        }
        assertThat(shop.mine(miner)).isNotEmpty().noneMatch(bundle -> bundle.slot() != null);
    }

    @Test
    void shouldNotFindThatItemsAreOfOneKindByWhatEverybodyBuys() {
        for (int i = 0; i < 120; i++) {
            String staple = i % 2 == 0 ? "milk" : "bread";
            shop.orders(1, Set.of("machine", List.of("cup", "filter", "brush").get(i % 3), staple));
            shop.orders(6, Set.of("x" + i % 50, staple));
        }
        assertThat(shop.mine(miner))
                .filteredOn(bundle -> bundle.members().contains("machine"))
                .hasSize(3)
                .noneMatch(bundle -> bundle.slot() != null);
    }

    @Test
    void shouldTellTheEvidenceOfTodayOfWhatWasSuggestedLongAgo() {
        shop.orders(80, Set.of("x", "y"));
        shop.orders(10, Set.of("a", "b"));
        MinedBundle pair = shop.mine(miner).stream()
                .filter(bundle -> bundle.members().contains("a"))
                .findFirst()
                .orElseThrow();
        assertThat(today(pair)).isEqualTo(pair);
        assertThat(today(pair).differsFrom(pair)).isFalse();
        shop.orders(5, Set.of("a", "b"));
        shop.orders(15, Set.of("a", "c"));
        MinedBundle today = today(pair);
        assertThat(today.support()).isEqualTo(15);
        assertThat(today.orders()).isEqualTo(110);
        assertThat(today.lift()).isEqualTo(15.0 * 110 / (30 * 15));
        assertThat(today.priceMinor()).isEqualTo(pair.priceMinor());
        assertThat(today.differsFrom(pair)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldProposeNoSlotOfItemsThatComplementEachOther(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Set<String> order = new TreeSet<>();
            int theme = random.nextInt(16);
            while (order.size() < 2 + random.nextInt(3)) {
                order.add("i" + (random.nextInt(8) == 0 ? random.nextInt(80) : theme * 5 + random.nextInt(5)));
            }
            order.forEach(item -> shop.categories.put(item, "One"));
            shop.order(order, Set.of());
        }
        List<MinedBundle> found = shop.mine(miner);
        assertThat(found).isNotEmpty().allMatch(bundle -> bundle.slot() == null);
    }

    @Test
    void shouldProposeASlotAgainWhenAnotherItemMayFillIt() {
        shop.orders(200, Set.of("x", "y"));
        for (int i = 0; i < 4; i++) {
            shop.categories.put("mug" + i, "Mugs");
            shop.orders(i < 3 ? 10 : 0, Set.of("kettle", "mug" + i));
        }
        String id = MinedBundle.idOfSlot("kettle");
        assertThat(shop.mine(miner)).extracting(MinedBundle::id).contains(id);
        shop.orders(10, Set.of("kettle", "mug3"));
        assertThat(shop.mine(miner)).singleElement().satisfies(again -> {
            assertThat(again.id()).isEqualTo(id);
            assertThat(again.slot().items()).hasSize(4).contains("mug3");
        });
        shop.items.get("kettle").withdraw(shopBundle(id));
        assertThat(shop.mine(miner)).as("withdrawn").extracting(MinedBundle::id).containsExactly(id);
    }

    @Test
    void shouldProposeAReplacedPairWhenNothingStandsForItAnyMore() {
        shop.orders(80, Set.of("x", "y"));
        shop.orders(10, Set.of("a", "b"));
        shop.replaced.add(List.of("a", "b"));
        assertThat(shop.mine(miner)).isEmpty();
        shop.replaced.clear();
        assertThat(shop.mine(miner)).extracting(MinedBundle::members).containsExactly(List.of("a", "b"));
    }

    /** 10,000 orders; kettle is in 300, each of three mugs in 1,000, and two mugs together in 100, without kettle. */
    private List<MinedBundle> mugsThatAreBoughtTogetherByChance(int withKettle) {
        for (int mug = 0; mug < 3; mug++) {
            shop.categories.put("mug" + mug, "Mugs");
            shop.orders(withKettle, Set.of("kettle", "mug" + mug));
            shop.orders(100, Set.of("mug" + mug, "mug" + (mug + 1) % 3));
            shop.orders(800 - withKettle, Set.of("mug" + mug));
        }
        shop.orders(300 - 3 * withKettle, Set.of("kettle"));
        shop.orders((int) (10_000 - shop.orders), Set.of("x"));
        return shop.mine(miner);
    }

    @Test
    void shouldTakeFromTheSupportOfASlotOnlyOrdersThatMayHoldTheItemToo() {
        assertThat(mugsThatAreBoughtTogetherByChance(90)).singleElement().satisfies(bundle -> {
            assertThat(bundle.slot().togetherOrders()).as("3 * 90 * 90 / 300").isEqualTo(81);
            assertThat(bundle.support()).isEqualTo(270 - 81);
            assertThat(holds(bundle)).isTrue();
        });
    }

    @Test
    void shouldProposeThePairsWhereTheSlotDoesNotClearTheTest() {
        assertThat(mugsThatAreBoughtTogetherByChance(75))
                .extracting(MinedBundle::members)
                .containsExactlyInAnyOrder(
                        List.of("kettle", "mug0"), List.of("kettle", "mug1"), List.of("kettle", "mug2"));
    }

    @Test
    void shouldCompareNoPartnersWhereTooFewPairsHaveAPrice() {
        shop.orders(80, Set.of("x", "y"));
        for (int mug = 0; mug < 3; mug++) {
            shop.orders(10, Set.of("tea", "mug" + mug));
        }
        shop.prices.put("mug2", -1L);
        assertThat(shop.mine(miner)).hasSize(2);
        assertThat(shop.compared).isZero();
        shop.prices.remove("mug2");
        shop.mine(miner);
        assertThat(shop.compared).isPositive();
    }

    private static MinedBundle shopBundle(String id) {
        MinedSlot slot = new MinedSlot("Mugs", List.of("mug0", "mug1", "mug2", "mug3"), 0);
        return new MinedBundle(id, List.of("kettle"), 40, 240, 5, 4, 900, 1_000, "GBP", slot);
    }

    @Test
    void shouldJoinNothingWithWhatEverybodyBuys() {
        for (int i = 0; i < 20; i++) {
            shop.orders(1, i % 2 == 0 ? Set.of("a", "b", "milk") : Set.of("a", "b"));
            shop.orders(9, Set.of("milk", "x" + i));
            shop.orders(5, Set.of("y" + i, "z"));
        }
        assertThat(shop.mine(miner))
                .extracting(MinedBundle::members)
                .contains(List.of("a", "b"))
                .noneMatch(members -> members.contains("milk") && members.contains("a"));
    }

    @Test
    void shouldTellTheWholeOfASetFromAChanceExtension() {
        shop.orders(300, Set.of("x", "y"));
        shop.orders(10, Set.of("a", "b", "c"));
        shop.orders(4, Set.of("a", "b"));
        shop.orders(10, Set.of("d", "e", "f"));
        shop.orders(14, Set.of("d", "e"));
        Map<List<String>, Boolean> whole = new HashMap<>();
        for (MinedBundle bundle : shop.mine(miner)) {
            whole.put(
                    bundle.members(),
                    miner.whole(bundle, shop.items.get(bundle.members().get(0)), shop));
        }
        assertThat(whole)
                .containsEntry(List.of("a", "b", "c"), true)
                .containsEntry(List.of("a", "b"), true)
                .containsEntry(List.of("d", "e", "f"), false);
    }

    @Test
    void shouldProposeAPricedPairOnceAndAgainWhenItsSupportHasDoubled() {
        shop.prices.put("a", 1005L);
        shop.orders(80, Set.of("x", "y"));
        shop.orders(10, Set.of("a", "b"));
        MinedBundle bundle = shop.mine(miner).stream()
                .filter(b -> b.members().contains("a"))
                .findFirst()
                .orElseThrow();
        assertThat(bundle.members()).containsExactly("a", "b");
        assertThat(bundle.id()).isEqualTo(MinedBundle.idOf(List.of("a", "b"))).matches("mined-[0-9a-f]{16}");
        assertThat(bundle.support()).isEqualTo(10);
        assertThat(bundle.orders()).isEqualTo(90);
        assertThat(bundle.lift()).isEqualTo(9);
        assertThat(bundle.liftLower()).isBetween(1.2, 9.0);
        assertThat(bundle.listPriceMinor()).isEqualTo(2005);
        assertThat(bundle.priceMinor()).isEqualTo(1805);
        assertThat(bundle.currency()).isEqualTo("GBP");
        shop.orders(9, Set.of("a", "b"));
        assertThat(shop.mine(miner)).isEmpty();
        shop.orders(1, Set.of("a", "b"));
        assertThat(shop.mine(miner))
                .singleElement()
                .satisfies(again -> assertThat(again.support()).isEqualTo(20));
    }

    @Test
    void shouldProposeNothingThatOffersCaused() {
        shop.orders(80, Set.of("v", "w"));
        shop.orders(20, Set.of("x", "y"));
        for (int i = 0; i < 30; i++) {
            shop.order(Set.of("a", "b"), Set.of("a", "b"));
        }
        assertThat(shop.mine(miner)).extracting(MinedBundle::members).containsExactly(List.of("x", "y"));
    }

    @Test
    void shouldProposeNothingWithoutPricesInOneCurrencyUntilThereAre() {
        shop.orders(80, Set.of("x", "y"));
        shop.mine(miner);
        shop.orders(10, Set.of("a", "b"));
        shop.prices.put("b", -1L);
        assertThat(shop.mine(miner)).isEmpty();
        shop.prices.put("b", 500L);
        shop.currencies.put("b", "EUR");
        assertThat(shop.mine(miner)).isEmpty();
        shop.currencies.put("b", null);
        assertThat(shop.mine(miner)).isEmpty();
        shop.currencies.put("b", "GBP");
        shop.prices.put("a", 0L);
        shop.prices.put("b", 0L);
        assertThat(shop.mine(miner)).isEmpty();
        shop.prices.put("b", Long.MAX_VALUE);
        shop.prices.put("a", 1L);
        assertThat(shop.mine(miner)).isEmpty();
        shop.prices.put("b", 500L);
        assertThat(shop.mine(miner)).hasSize(1);
    }

    @Test
    void shouldProposeNothingFromTooLittleEvidence() {
        shop.orders(80, Set.of("x", "y"));
        shop.mine(miner);
        shop.orders(5, Set.of("a", "b"));
        assertThat(shop.mine(miner)).isEmpty();
        // Enough orders together, but no more than by chance.
        shop.orders(40, Set.of("c", "d"));
        shop.orders(80, Set.of("c", "e"));
        shop.orders(60, Set.of("d", "f"));
        assertThat(shop.mine(miner)).extracting(MinedBundle::members).doesNotContain(List.of("c", "d"));
    }

    @Test
    void shouldKeepTheBestOfEachSize() {
        BundleMiner strict =
                new BundleMiner(new MiningSettings(300, 6, 15, 2, 1.2, 2, new BundlePricing(1000, 2500), false));
        shop.orders(300, Set.of("x", "y"));
        shop.mine(miner);
        for (int partner = 1; partner <= 5; partner++) {
            shop.orders(6 + partner, Set.of("a", "b" + partner));
        }
        assertThat(shop.mine(strict))
                .extracting(MinedBundle::members)
                .containsExactly(List.of("a", "b5"), List.of("a", "b4"));
    }

    @Test
    void shouldAskForSupportThatGrowsWithTheOrders() {
        MiningSettings settings = MiningSettings.of(SettingValues.defaults());
        assertThat(settings.minimumSupport(0)).isEqualTo(6);
        assertThat(settings.minimumSupport(3000)).isEqualTo(10);
        assertThat(settings.minimumSupport(1_000_000)).isEqualTo(15);
    }

    @Test
    void shouldSayThatAnotherLookPaysWhileTheViewLagsBehindTheCounts() {
        shop.orders(20, Set.of("a", "b"));
        shop.orders(60, Set.of("c"));
        NeighborCounts counts = shop.items.get("a");
        assertThat(miner.lags(counts, 20, shop)).isFalse();
        assertThat(miner.mine("a", counts, 20, shop, true, none -> false)).hasSize(1);

        shop.purchases.put("b", 5L);
        assertThat(miner.lags(counts, 20, shop))
                .as("b was bought 20 times with a")
                .isTrue();
        shop.purchases.put("b", 20L);
        shop.orders = 3;
        assertThat(miner.lags(counts, 20, shop)).as("a was bought in 20 orders").isTrue();
    }
}
