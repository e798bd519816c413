package dev.kombo.catalog;

import static dev.kombo.catalog.index.CatalogFixtures.amountOff;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.freeOf;
import static dev.kombo.catalog.index.CatalogFixtures.gift;
import static dev.kombo.catalog.index.CatalogFixtures.percentOff;
import static dev.kombo.catalog.index.CatalogFixtures.ruled;
import static dev.kombo.catalog.index.CatalogFixtures.unitsFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.price.PriceRule.Tier;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PriceRuleChecksTest {
    private static final List<BundleMember> MEMBERS = List.of(new BundleMember("tea", 2), new BundleMember("cup", 1));

    private final CatalogRules rules = new CatalogRules(8, 10_000);

    private String problem(Tier... tiers) {
        return Objects.toString(rules.problem(ruled(bundle("id", 0, MEMBERS), PriceLimits.NONE, tiers)), null);
    }

    @Test
    void shouldAcceptWhatShopsOffer() {
        assertThat(problem()).isNull();
        assertThat(problem(percentOff(1))).isNull();
        assertThat(problem(amountOff(1))).isNull();
        assertThat(problem(unitsFor(3, 2_000), unitsFor(5, 3_000))).isNull();
        assertThat(problem(freeOf(1, 3))).isNull();
        assertThat(problem(gift("cup"))).isNull();
        assertThat(problem(tier(2, 0, 500), tier(2, 5_000, 500), tier(9, 5_000, 600)))
                .isNull();
    }

    private static Tier tier(int units, long amount, int basisPoints) {
        return new Tier(units, amount, Item.UNKNOWN, Item.UNKNOWN, basisPoints, 0, null);
    }

    @Test
    void shouldNameTheFieldThatMakesNoSense() {
        assertThat(problem(tier(0, 0, 0))).startsWith("priceTiers[0] states 0 of priceMinor, ");
        assertThat(problem(percentOff(100), new Tier(4, 0, 100, Item.UNKNOWN, 5, 0, null)))
                .startsWith("priceTiers[1] states 2 of priceMinor, ");
        assertThat(problem(percentOff(10_000)))
                .isEqualTo("priceTiers[0].discountBasisPoints is 10000, 1 to 9999 is expected");
        assertThat(problem(amountOff(0))).isEqualTo("priceTiers[0].discountMinor is 0, 1 to 10000 is expected");
        assertThat(problem(unitsFor(2, 10_001))).isEqualTo("priceTiers[0].priceMinor is 10001, 0 to 10000 is expected");
        assertThat(problem(freeOf(3, 3))).isEqualTo("priceTiers[0].freeUnits is 3, 1 to 2 is expected");
        assertThat(problem(tier(-1, 0, 1))).startsWith("priceTiers[0].fromUnits is -1, ");
        assertThat(problem(tier(0, -1, 1))).startsWith("priceTiers[0].fromAmountMinor is -1, ");
        assertThat(problem(gift("mug")))
                .isEqualTo("priceTiers[0].giftItemId is mug, one of several members is expected");
        assertThat(problem(unitsFor(4, 10))).isEqualTo("priceTiers[0].fromUnits is 4, but the bundle has 3 units");
        assertThat(problem(Collections.nCopies(21, percentOff(1)).toArray(Tier[]::new)))
                .isEqualTo("priceTiers has 21 entries, at most 20 are accepted");
        Bundle priceless = new Bundle("id", "", MEMBERS, 0, 0, "XXX", Bundle.Origin.CURATED, 0);
        assertThat(rules.problem(ruled(priceless, PriceLimits.NONE, percentOff(1))))
                .hasToString("priceTiers is for bundles with a price, and this one has none");
    }

    @Test
    void shouldRefuseATierThatCostsMoreForMore() {
        assertThat(problem(unitsFor(3, 2_000), unitsFor(5, 3_334)))
                .isEqualTo("priceTiers[1].priceMinor is 3334, more for a unit than in the tier before");
        assertThat(problem(tier(1, 0, 500), tier(2, 0, 499)))
                .isEqualTo("priceTiers[1].discountBasisPoints is 499, less than in the tier before");
        assertThat(problem(amountOff(500), new Tier(2, 0, Item.UNKNOWN, 499, 0, 0, null)))
                .isEqualTo("priceTiers[1].discountMinor is 499, less than in the tier before");
        assertThat(problem(tier(2, 0, 500), tier(2, 0, 600)))
                .isEqualTo("priceTiers[1] asks for no more units or amount than the tier before");
        assertThat(problem(tier(2, 500, 500), tier(3, 400, 600))).startsWith("priceTiers[1] asks for no more ");
    }
}
