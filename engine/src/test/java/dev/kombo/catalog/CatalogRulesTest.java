package dev.kombo.catalog;

import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.earning;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.sold;
import static dev.kombo.catalog.index.CatalogFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.entity.Item.Suitability;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogRulesTest {
    private final CatalogRules rules = new CatalogRules(8, 1_000);

    private String problem(Item item) {
        return Objects.toString(rules.problem(item), null);
    }

    private String problem(Bundle bundle) {
        return Objects.toString(rules.problem(bundle), null);
    }

    private static Bundle of(int... quantities) {
        BundleMember[] members = new BundleMember[quantities.length];
        for (int m = 0; m < members.length; m++) {
            members[m] = new BundleMember("item-" + m, quantities[m]);
        }
        return bundle("id", 100, List.of(members));
    }

    @Test
    void shouldAcceptWhatMakesSense() {
        assertThat(problem(item("id", 0))).isNull();
        assertThat(problem(item("12345678", 1_000))).isNull();
        assertThat(problem(item("id", "tea", Item.UNKNOWN, null, -3))).isNull();
        assertThat(problem(of(1, 10_000))).isNull();
    }

    @Test
    void shouldRefuseAnItemWhoseIdPriceOrCurrencyMakesNoSense() {
        assertThat(problem(item(" ", 100))).isEqualTo("itemId is blank");
        assertThat(problem(item("123456789", 100))).isEqualTo("itemId has 9 characters, at most 8 are accepted");
        assertThat(problem(item("id", 1_001))).isEqualTo("priceMinor is 1001, 0 to 1000 is expected");
        assertThat(problem(item("id", Long.MIN_VALUE))).startsWith("priceMinor is -9223372036854775808, ");
        for (String code : new String[] {null, "", "GB", "gbp", "GBPS", "G\u0000P"}) {
            assertThat(problem(item("id", "tea", 100, code, 1)))
                    .isEqualTo("currency is not a code of ISO 4217, such as GBP");
        }
    }

    @Test
    void shouldRefuseABundleWithoutMembersOrWithTooMany() {
        assertThat(problem(of())).isEqualTo("members is empty");
        assertThat(problem(units(64))).isNull();
        assertThat(problem(units(65))).isEqualTo("members has 65 entries, at most 64 are accepted");
        assertThat(problem(bundle("id", 100, "a", ""))).isEqualTo("members[1].itemId is blank");
    }

    @Test
    void shouldLetABundleThatHasTooManyMembersKeepThem() {
        assertThat(rules.problemOfHeld(units(1_000))).isNull();
        assertThat(rules.problemOfHeld(units(1_001)))
                .hasToString("members has 1001 entries, at most 1000 are accepted");
        assertThat(rules.problem(units(65), null)).hasToString("members has 65 entries, at most 64 are accepted");
        assertThat(rules.problem(units(65), units(64))).hasToString("members has 65 entries, at most 64 are accepted");
        assertThat(rules.problem(units(100), units(100))).isNull();
        assertThat(rules.problem(units(99), units(100))).isNull();
        assertThat(rules.problem(units(1_001), units(1_001))).isNotNull();
    }

    private static Bundle units(int members) {
        int[] quantities = new int[members];
        Arrays.fill(quantities, 1);
        return of(quantities);
    }

    @Test
    void shouldRefuseABundleWhoseQuantitiesOrPriceMakeNoSense() {
        assertThat(problem(of(1, 0))).isEqualTo("members[1].quantity is 0, 1 to 10000 is expected");
        assertThat(problem(of(-1))).isEqualTo("members[0].quantity is -1, 1 to 10000 is expected");
        assertThat(problem(of(10_001))).isEqualTo("members[0].quantity is 10001, 1 to 10000 is expected");
        assertThat(problem(bundle("id", -2, "a"))).isEqualTo("priceMinor is -2, 0 to 1000 is expected");
    }

    @Test
    void shouldRefuseAnAddressThatIsNone() {
        assertThat(problem(shown("https://shop/tea.png", "/tea"))).isNull();
        assertThat(problem(shown("javascript:alert(1)", null)))
                .isEqualTo("image starts neither with https:// or http:// nor with /");
        assertThat(problem(shown(null, "tea.html"))).startsWith("link starts neither ");
        assertThat(problem(shown(null, "/" + "a".repeat(2_000))))
                .isEqualTo("link has 2001 characters, at most 2000 are accepted");
    }

    @Test
    void shouldRefuseConditionsThatMakeNoSense() {
        assertThat(problem(suited(Set.of("account"), 18, 65))).isNull();
        assertThat(problem(suited(Set.of(), 65, 18)))
                .isEqualTo("minAge is 65 and maxAge 18, 0 <= minAge <= maxAge is expected");
        assertThat(problem(suited(Set.of(), -1, 18))).startsWith("minAge is -1 ");
        assertThat(problem(suited(Set.of("123456789"), 0, 99))).startsWith("requires has 9 characters, ");
    }

    private static Item suited(Set<String> requires, int minAge, int maxAge) {
        Suitability suitability = new Suitability(false, requires, minAge, maxAge, Set.of());
        return new Item("id", "Card", null, -1, null, -1, 1, Map.of(), 0, null, null, 5, suitability);
    }

    private static Item shown(String image, String link) {
        return new Item("id", "Tea", null, 100, "GBP", -1, 1, Map.of(), 0, image, link, -1, Suitability.ONCE);
    }

    @Test
    void shouldSumTheUnitsOfAnItemThatIsNamedTwice() {
        assertThat(bundle("id", 100, "a", "b", "a").members())
                .containsExactly(new BundleMember("a", 2), new BundleMember("b", 1));
        Bundle endless = bundle("id", 100, Collections.nCopies(2, new BundleMember("a", Integer.MAX_VALUE)));
        assertThat(endless.members()).containsExactly(new BundleMember("a", Integer.MAX_VALUE));
        assertThat(problem(endless)).startsWith("members[0].quantity is 2147483647");
        assertThat(endless.segments()).isEqualTo(Set.of());
    }

    @Test
    void shouldRefuseAndCutTextsThatAreTooLong() {
        Item longest = described("t".repeat(500), attributes(32, 100, 1_000));
        assertThat(problem(longest)).isNull();
        assertThat(CatalogRules.cut(longest)).isEqualTo(longest);
        Item titled = described("t".repeat(499) + "\ud83c\udf75".repeat(450_000), Map.of());
        assertThat(problem(titled)).isEqualTo("title has 900499 characters, at most 500 are accepted");
        assertThat(CatalogRules.cut(titled).title()).as("no half of a pair").isEqualTo("t".repeat(499));
        for (Map<String, String> attributes :
                List.of(attributes(20_000, 10, 10), attributes(3, 101, 10), attributes(3, 10, 1_001))) {
            Item item = described("Tea", attributes);
            assertThat(problem(item)).startsWith("attributes");
            assertThat(problem(CatalogRules.cut(item))).isNull();
        }
        assertThat(problem(described("Tea", attributes(1, 10, 1_001))))
                .isEqualTo("attributes.0000000000 has 1001 characters, at most 1000 are accepted");
        assertThat(CatalogRules.cut(shown("/" + "a".repeat(2_000), "/tea"))).isEqualTo(shown(null, "/tea"));
    }

    private static Map<String, String> attributes(int count, int name, int value) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> ("%0" + name + "d").formatted(i), i -> "v".repeat(value)));
    }

    private static Item described(String title, Map<String, String> attributes) {
        return new Item(
                "id", title, null, 100, "GBP", -1, 1, attributes, 0, null, null, Item.UNKNOWN, Suitability.ONCE);
    }

    @Test
    void shouldRefuseAmountsAndTimesOfANewEntryThatMakeNoSenseAndUseTheNearestOfAHeldOne() {
        Bundle bundle = bundle("id", 100, "a", "b");
        long year10000 = 253_402_300_800_000L;
        Map<Bundle, String> wrong = Map.of(
                earning(bundle, -1_001), "marginMinor is -1001, -1000 to 1000 is expected",
                earning(bundle, Long.MAX_VALUE), "marginMinor is 9223372036854775807, -1000 to 1000 is expected",
                with(bundle, Map.of("createdAt", 1L << 62)),
                        "createdAt is 4611686018427387904, 0 to 253402300799999 is expected",
                with(bundle, Map.of("createdAt", -1L)), "createdAt is -1, 0 to 253402300799999 is expected",
                with(bundle, Map.of("stoppedAt", year10000)),
                        "stoppedAt is 253402300800000, 0 to 253402300799999 is expected",
                with(bundle, Map.of("validFrom", 5L, "validUntil", 5L)),
                        "validFrom is 5, a time before validUntil, 5, is expected",
                with(bundle, Map.of("stock", -1_000_000_001L)),
                        "stock is -1000000001, -1000000000 to 1000000000000000 is expected",
                with(bundle, Map.of("segments", names(1_001))), "segments has 1001 entries, at most 1000 are accepted",
                with(bundle, Map.of("segments", Set.of("s".repeat(1_001)))),
                        "segments has 1001 characters, at most 1000 are accepted");
        wrong.forEach((one, why) -> {
            assertThat(problem(one)).isEqualTo(why);
            assertThat(Objects.toString(rules.problem(one, bundle))).isEqualTo(why);
            assertThat(rules.problemOfHeld(one)).as(why).isNull();
        });
        Bundle worst = earning(with(bundle, Map.of("createdAt", 1L << 62)), Long.MIN_VALUE);
        assertThat(rules.clamped(worst)).isEqualTo(earning(with(bundle, Map.of("createdAt", year10000 - 1)), -1_000));
        assertThat(rules.clamped(bundle)).isSameAs(bundle);
        assertThat(problem(with(earning(bundle, -1_000), Map.of("stock", -3L, "validFrom", 4L, "validUntil", 5L))))
                .isNull();

        Item item = new Item(
                "id", "", null, 1, "GBP", -1, Long.MIN_VALUE, Map.of(), -5, null, null, 1L << 62, Suitability.ONCE);
        assertThat(problem(item)).isEqualTo("marginMinor is 4611686018427387904, -1000 to 1000 is expected");
        assertThat(problem(rules.clamped(item))).startsWith("stock is -9223372036854775808, ");
        assertThat(rules.clamped(item).updatedAt()).isZero();
        assertThat(rules.problemOfHeld(item)).isNull();
        assertThat(problem(suited(names(3), 0, 99))).isNull();
    }

    private static Set<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).collect(Collectors.toSet());
    }

    @Test
    void shouldRefuseDiscountsToCombineWithThatAreNotKnownOrContradictEachOther() {
        Bundle bundle = bundle("id", 100, "a", "b");
        assertThat(problem(sold(bundle, true))).isNull();
        assertThat(problem(sold(bundle, false, "codes", "bundles"))).isNull();
        assertThat(problem(sold(bundle, false, "nothing"))).isNull();
        assertThat(problem(sold(bundle, false, "coupons")))
                .isEqualTo("combinesWith is coupons; codes, bundles or both are expected, or nothing");
        assertThat(problem(sold(bundle, false, "nothing", "codes")))
                .isEqualTo("combinesWith is codes, nothing; codes, bundles or both are expected, or nothing");
    }
}
