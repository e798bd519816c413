package dev.kombo.catalog.index;

import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.percentOff;
import static dev.kombo.catalog.index.CatalogFixtures.ruled;
import static dev.kombo.catalog.index.CatalogFixtures.sold;
import static dev.kombo.catalog.index.CatalogFixtures.unitsFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.BundleMember;
import dev.kombo.price.PriceRule.Tier;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Sets of which a shopper has some: the books of shop and shopper are kept apart from the price. */
class BundleCompletionPropertyTest {
    @Property(tries = 2_000, seed = "92")
    void shouldMakeTheOrderCostWhatTheBundleCostsLessWhatIsOwned(@ForAll long seed) {
        Random random = new Random(seed);
        WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        int size = 1 + random.nextInt(5);
        List<BundleMember> members = new ArrayList<>();
        long[] unitPrices = new long[size];
        long list = 0;
        int units = 0;
        for (int i = 0; i < size; i++) {
            unitPrices[i] = random.nextInt(5_000);
            members.add(new BundleMember("item-" + i, 1 + random.nextInt(3)));
            list += unitPrices[i] * members.get(i).quantity();
            units += members.get(i).quantity();
            index.putItem(item("item-" + i, unitPrices[i]));
        }
        Bundle fixed = sold(bundle("set", (long) (list * random.nextDouble()), members), true);
        Tier[] tiers = {percentOff(1 + random.nextInt(9_999)), unitsFor(1 + random.nextInt(units), list / 3)};
        index.putBundle(random.nextBoolean() ? fixed : ruled(fixed, PriceLimits.NONE, tiers[random.nextInt(2)]));
        BundleEntry whole = index.bundle("set");
        long[] inSet = MemberPrices.of(whole, whole.priceMinor()).prices();

        int[] had = new int[size];
        long cart = 0;
        long owned = 0;
        int missing = 0;
        for (int i = 0; i < size; i++) {
            int quantity = members.get(i).quantity();
            int place = whole.memberOf("item-" + i);
            had[place] = random.nextInt(3) == 0 ? BundleCompletion.OWNED : random.nextInt(5);
            owned += had[place] < 0 ? inSet[i] : 0;
            cart += had[place] < 0 ? 0 : Math.min(had[place], quantity) * unitPrices[i];
            missing += had[place] < 0 ? 0 : Math.max(0, quantity - had[place]);
        }
        BundleEntry part = BundleCompletion.of(index, whole, had);

        if (missing == 0 || whole.priceMinor() < cart + owned) {
            assertThat(part).isNull();
            return;
        }
        assertThat(part.priceMinor() + cart + owned).isEqualTo(whole.priceMinor());
        assertThat(part.bundle().members().stream()
                        .mapToInt(BundleMember::quantity)
                        .sum())
                .isEqualTo(missing);
        assertThat(Arrays.stream(MemberPrices.of(part, part.priceMinor()).prices())
                        .sum())
                .isEqualTo(part.priceMinor());
        assertThat(part.terms().dearerThanMembers()).isEqualTo(part.priceMinor() > part.listPriceMinor());
        if (!whole.terms().dearerThanMembers() && whole.bundle().priceRule().isFixed()) {
            assertThat(part.terms().dearerThanMembers())
                    .as("the rest saves what the whole does")
                    .isFalse();
        }
    }
}
