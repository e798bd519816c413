package dev.kombo.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Prices of mined bundles, for any prices and costs of their items. */
class BundlePricingPropertyTest {
    @Property(tries = 2_000, seed = "7")
    void shouldKeepTheSumTheCostAndTheShare(
            @ForAll @LongRange(max = 1_000_000_000) long cheapest,
            @ForAll @LongRange(max = 1_000_000_000) long more,
            @ForAll @IntRange(max = 9_999) int discount,
            @ForAll @IntRange(max = 10_000) int share,
            @ForAll @DoubleRange(max = 1.2) double costs) {
        long dearest = cheapest + more;
        long list = cheapest + dearest;
        double cost = list * costs;

        long price = new BundlePricing(discount, share).mined(list, cheapest, dearest, cost);

        assertThat(price).isBetween(0L, list);
        if (cost <= list) {
            assertThat((double) price).isGreaterThanOrEqualTo(cost);
        }
        assertThat(BigDecimal.valueOf(list - price))
                .isLessThanOrEqualTo(BigDecimal.valueOf(share, 4).multiply(BigDecimal.valueOf(cheapest)));
        assertThat(price).isGreaterThan(BundlePricing.discounted(list, discount) - 50);
        assertThat(price == list || price % 100 == dearest % 100)
                .as("ends like its dearest item, or is the list price")
                .isTrue();
    }

    @Property(tries = 1_000, seed = "8")
    void shouldDiscountToTheNearestMinorUnitWithoutOverflow(
            @ForAll @LongRange(max = 1_000_000_000_000_000_000L) long list,
            @ForAll @IntRange(max = 10_000) int discount) {
        assertThat(BigDecimal.valueOf(BundlePricing.discounted(list, discount)))
                .isEqualTo(BigDecimal.valueOf(list)
                        .multiply(BigDecimal.valueOf(10_000L - discount))
                        .divide(BigDecimal.valueOf(10_000), 0, RoundingMode.HALF_UP));
    }
}
