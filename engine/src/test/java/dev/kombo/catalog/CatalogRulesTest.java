package dev.kombo.catalog;

import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Item.Suitability;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogRulesTest {
    private final CatalogRules rules = new CatalogRules(8, 1_000);

    private static Bundle of(int... quantities) {
        BundleMember[] members = new BundleMember[quantities.length];
        for (int m = 0; m < members.length; m++) {
            members[m] = new BundleMember("item-" + m, quantities[m]);
        }
        return bundle("id", 100, List.of(members));
    }

    @Test
    void shouldAcceptWhatMakesSense() {
        assertThat(rules.problem(item("id", 0))).isNull();
        assertThat(rules.problem(item("12345678", 1_000))).isNull();
        assertThat(rules.problem(item("id", "tea", Item.UNKNOWN, null, -3))).isNull();
        assertThat(rules.problem(of(1, 10_000))).isNull();
    }

    @Test
    void shouldRefuseAnItemWhoseIdPriceOrCurrencyMakesNoSense() {
        assertThat(rules.problem(item(" ", 100))).isEqualTo("itemId is blank");
        assertThat(rules.problem(item("123456789", 100))).isEqualTo("itemId has 9 characters, at most 8 are accepted");
        assertThat(rules.problem(item("id", 1_001))).isEqualTo("priceMinor is 1001, 0 to 1000 is expected");
        assertThat(rules.problem(item("id", Long.MIN_VALUE))).startsWith("priceMinor is -9223372036854775808, ");
        for (String code : new String[] {null, "", "GB", "gbp", "GBPS", "G\u0000P"}) {
            assertThat(rules.problem(item("id", "tea", 100, code, 1)))
                    .isEqualTo("currency is not a code of ISO 4217, such as GBP");
        }
    }

    @Test
    void shouldRefuseABundleWithoutMembersOrWithTooMany() {
        assertThat(rules.problem(of())).isEqualTo("0 members, 1 to 1000 are expected");
        assertThat(rules.problem(of(new int[1_001]))).isEqualTo("1001 members, 1 to 1000 are expected");
        assertThat(rules.problem(bundle("id", 100, "a", ""))).isEqualTo("member 2: itemId is blank");
    }

    @Test
    void shouldRefuseABundleWhoseQuantitiesOrPriceMakeNoSense() {
        assertThat(rules.problem(of(1, 0))).isEqualTo("member 2: quantity is 0, 1 to 10000 is expected");
        assertThat(rules.problem(of(-1))).isEqualTo("member 1: quantity is -1, 1 to 10000 is expected");
        assertThat(rules.problem(of(10_001))).isEqualTo("member 1: quantity is 10001, 1 to 10000 is expected");
        assertThat(rules.problem(bundle("id", -2, "a"))).isEqualTo("priceMinor is -2, 0 to 1000 is expected");
    }

    @Test
    void shouldRefuseAnAddressThatIsNone() {
        assertThat(rules.problem(shown("https://shop/tea.png", "/tea"))).isNull();
        assertThat(rules.problem(shown("javascript:alert(1)", null)))
                .isEqualTo("image starts neither with https:// or http:// nor with /");
        assertThat(rules.problem(shown(null, "tea.html"))).startsWith("link starts neither ");
        assertThat(rules.problem(shown(null, "/" + "a".repeat(2_048))))
                .isEqualTo("link has 2049 characters, at most 2048 are accepted");
    }

    @Test
    void shouldRefuseConditionsThatMakeNoSense() {
        assertThat(rules.problem(suited(Set.of("account"), 18, 65))).isNull();
        assertThat(rules.problem(suited(Set.of(), 65, 18)))
                .isEqualTo("minAge is 65 and maxAge 18, 0 <= minAge <= maxAge is expected");
        assertThat(rules.problem(suited(Set.of(), -1, 18))).startsWith("minAge is -1 ");
        assertThat(rules.problem(suited(Set.of("123456789"), 0, 99))).startsWith("requires has 9 characters, ");
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
        assertThat(rules.problem(endless)).startsWith("member 1: quantity is 2147483647");
        assertThat(endless.segments()).isEqualTo(Set.of());
    }
}
