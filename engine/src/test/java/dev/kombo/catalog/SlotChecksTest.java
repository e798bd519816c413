package dev.kombo.catalog;

import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.gift;
import static dev.kombo.catalog.index.CatalogFixtures.ruled;
import static dev.kombo.catalog.index.CatalogFixtures.slot;
import static dev.kombo.catalog.index.CatalogFixtures.slotted;
import static dev.kombo.catalog.index.CatalogFixtures.unitsFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.Item;
import dev.kombo.slot.BundleSlot;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotChecksTest {
    private final CatalogRules rules = new CatalogRules(8, 10_000);

    private String problem(Bundle bundle) {
        return Objects.toString(rules.problem(bundle), null);
    }

    private String problem(BundleSlot... slots) {
        return problem(slotted(bundle("id", 2_000), slots));
    }

    private static BundleSlot mugs(int units, long maxUnits, boolean repeats, String... items) {
        return new BundleSlot("mugs", List.of(items), null, null, null, units, maxUnits, repeats);
    }

    private static BundleSlot stated(String category, String attribute, String value, String... items) {
        return new BundleSlot("mugs", List.of(items), category, attribute, value, 1, 1, false);
    }

    @Test
    void shouldAcceptWhatShopsOffer() {
        assertThat(problem(slot("mugs", 3, "red", "green", "blue"))).isNull();
        assertThat(problem(stated("Drinks", null, null))).isNull();
        assertThat(problem(stated(null, "fits", "phone-x"))).isNull();
        assertThat(problem(mugs(3, Item.UNLIMITED, false))).isNull();
        assertThat(problem(mugs(3, 10, true, "red"))).isNull();
        assertThat(problem(slotted(bundle("id", 2_000, "pot"), slot("mugs", 2, "red", "blue"))))
                .isNull();
    }

    @Test
    void shouldNameTheFieldThatMakesNoSense() {
        assertThat(problem(slot(" ", 1))).isEqualTo("slots[0].name is blank");
        assertThat(problem(slot("x".repeat(101), 1)))
                .isEqualTo("slots[0].name has 101 characters, at most 100 are accepted");
        assertThat(problem(slot("mugs", 1), slot("mugs", 1)))
                .isEqualTo("slots[1].name is mugs, as that of a slot before");
        assertThat(problem(IntStream.range(0, 9).mapToObj(s -> slot("" + s, 1)).toArray(BundleSlot[]::new)))
                .isEqualTo("slots has 9 entries, at most 8 are accepted");
        assertThat(problem(stated("Drinks", null, null, "red")))
                .isEqualTo("slots[0] states 2 of items, category and attribute, at most one is expected");
        assertThat(problem(stated(null, "fits", null)))
                .isEqualTo("slots[0].value is needed: attribute and value go together");
        assertThat(problem(stated(null, null, "phone-x")))
                .isEqualTo("slots[0].attribute is needed: attribute and value go together");
        assertThat(problem(slot("mugs", 1, "red", " "))).isEqualTo("slots[0].items[1] is blank");
        assertThat(problem(slot("mugs", 1, "red", "blue", "red")))
                .isEqualTo("slots[0].items[2] is red, which is listed before");
        assertThat(problem(slotted(bundle("id", 2_000, "pot"), slot("mugs", 1, "red", "pot"))))
                .isEqualTo("slots[0].items[1] is pot, which each offer has as a member");
        assertThat(problem(slot("mugs", 1, Collections.nCopies(1_001, "red").toArray(String[]::new))))
                .isEqualTo("slots[0].items has 1001 entries, at most 1000 are accepted");
        assertThat(problem(stated("x".repeat(501), null, null))).startsWith("slots[0].category has 501 characters");
        assertThat(problem(stated(null, "x".repeat(101), ""))).startsWith("slots[0].attribute has 101 characters");
        assertThat(problem(stated(null, "x", "x".repeat(1_001)))).startsWith("slots[0].value has 1001 characters");
    }

    @Test
    void shouldRefuseNumbersOfUnitsThatNoOfferCanFill() {
        assertThat(problem(slot("mugs", 0))).isEqualTo("slots[0].units is 0, 1 to 64 is expected");
        assertThat(problem(slot("mugs", 65))).isEqualTo("slots[0].units is 65, 1 to 64 is expected");
        assertThat(problem(mugs(3, 2, false))).isEqualTo("slots[0].maxUnits is 2, 3 to 10000 is expected");
        assertThat(problem(mugs(3, 10_001, false))).startsWith("slots[0].maxUnits is 10001, ");
        assertThat(problem(slot("mugs", 3, "red", "blue")))
                .isEqualTo("slots[0].units is 3, but of 2 items, unless repeats is true");
    }

    @Test
    void shouldBoundTheUnitsOfAllSlotsAndTheMembersTogether() {
        assertThat(problem(slot("mugs", 40), slot("cups", 24))).isNull();
        assertThat(problem(slot("mugs", 40), slot("cups", 40)))
                .isEqualTo("slots have 80 units with the members, at most 64 are accepted");
        assertThat(problem(slotted(bundle("id", 2_000, "pot"), slot("mugs", 64))))
                .isEqualTo("slots have 65 units with the members, at most 64 are accepted");
    }

    @Test
    void shouldRefuseATierForMoreUnitsThanAShopperMayTake() {
        Bundle upToFour = slotted(bundle("id", 2_000, "pot"), mugs(3, 4, true));
        assertThat(problem(ruled(upToFour, PriceLimits.NONE, unitsFor(3, 2_000), unitsFor(5, 3_000))))
                .isNull();
        assertThat(problem(ruled(upToFour, PriceLimits.NONE, unitsFor(3, 2_000), unitsFor(6, 3_000))))
                .isEqualTo("priceTiers[1].fromUnits is 6, but the bundle has at most 5 units");
        Bundle anyNumber = slotted(bundle("id", 2_000, "pot"), mugs(3, Item.UNLIMITED, true));
        assertThat(problem(ruled(anyNumber, PriceLimits.NONE, unitsFor(3, 2_000), unitsFor(6, 3_000))))
                .isNull();
    }

    @Test
    void shouldCountTheUnitsOfSlotsForARuleAndTakeNoGiftFromThem() {
        Bundle any = slotted(bundle("id", 2_000), slot("mugs", 3, "red", "green", "blue"));
        assertThat(problem(ruled(any, PriceLimits.NONE, unitsFor(3, 2_000)))).isNull();
        assertThat(problem(ruled(any, PriceLimits.NONE, unitsFor(4, 2_000))))
                .isEqualTo("priceTiers[0].fromUnits is 4, but the bundle has 3 units");
        assertThat(problem(ruled(any, PriceLimits.NONE, gift("red"))))
                .isEqualTo("priceTiers[0].giftItemId is red, one of several members is expected");
        Bundle withPot = slotted(bundle("id", 2_000, "pot"), slot("mugs", 1));
        assertThat(problem(ruled(withPot, PriceLimits.NONE, gift("pot")))).isNull();
    }
}
