package dev.kombo.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.Item;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShopCatalogPropertyTest {

    @Property(tries = 40, seed = "11")
    void shouldPriceEveryItemAboveItsCostWhenGenerated(@ForAll long seed) {
        ShopCatalog catalog = ShopCatalog.generate(seed, 1_000);

        assertThat(catalog.items()).hasSize(300).allSatisfy(item -> {
            assertThat(item.getTitle()).isNotBlank();
            assertThat(item.getCurrency()).isEqualTo("GBP");
            assertThat(item.getPriceMinor()).isGreaterThan(item.getCostMinor()).isGreaterThanOrEqualTo(49);
            assertThat(item.getCostMinor()).isPositive();
            assertThat(item.getUpdatedAt()).isEqualTo(1_000);
        });
        assertThat(catalog.items()).extracting(Item::getItemId).doesNotHaveDuplicates();
        assertThat(catalog.items()).extracting(Item::getTitle).doesNotHaveDuplicates();
        assertThat(catalog.items().stream().map(Item::getCategory).distinct()).hasSize(12);
        long unlimited =
                catalog.items().stream().filter(item -> item.getStock() == null).count();
        assertThat(unlimited).isBetween(240L, 299L);
    }

    @Property(tries = 40, seed = "12")
    void shouldSellBundlesOfKnownItemsBelowTheirSumWhenGenerated(@ForAll long seed) {
        ShopCatalog catalog = ShopCatalog.generate(seed, 0);
        Map<String, Item> items =
                catalog.items().stream().collect(Collectors.toMap(Item::getItemId, Function.identity()));
        Set<Set<String>> memberSets = new HashSet<>();

        assertThat(catalog.bundles()).hasSize(60);
        assertThat(catalog.bundles()).extracting(Bundle::getBundleId).doesNotHaveDuplicates();
        for (Bundle bundle : catalog.bundles()) {
            Set<String> members =
                    bundle.getMembers().stream().map(BundleMember::getItemId).collect(Collectors.toSet());
            assertThat(bundle.getMembers()).hasSize(members.size()).hasSizeBetween(2, 3);
            assertThat(items.keySet()).containsAll(members);
            assertThat(memberSets.add(members))
                    .as("members of %s are new", members)
                    .isTrue();
            long sum = members.stream()
                    .mapToLong(id -> items.get(id).getPriceMinor())
                    .sum();
            assertThat(bundle.getListPriceMinor()).isEqualTo(sum);
            // Rounded to whole pence, so half a penny to either side.
            assertThat((double) bundle.getPriceMinor()).isBetween(0.80 * sum - 0.5, 0.92 * sum + 0.5);
            assertThat(bundle.getMarginMinor()).isPositive();
        }
    }

    @Property(tries = 10, seed = "13")
    void shouldBeTheSameWhenTheSeedIsTheSame(@ForAll long seed) {
        ShopCatalog one = ShopCatalog.generate(seed, 0);

        assertThat(ShopCatalog.generate(seed, 0).items()).isEqualTo(one.items());
        assertThat(ShopCatalog.generate(seed, 0).bundles()).isEqualTo(one.bundles());
        assertThat(ShopCatalog.generate(seed + 1, 0).items()).isNotEqualTo(one.items());
    }

    @Property(tries = 20, seed = "14")
    void shouldKeepGroupsForMiningToFindWhenBundlesAreCurated(@ForAll long seed) {
        ShopCatalog catalog = ShopCatalog.generate(seed, 0);

        assertThat(catalog.groups().groups()).hasSize(90);
        for (int[] group : catalog.groups().groups()) {
            for (int item : group) {
                assertThat(catalog.groups().complements(item))
                        .doesNotContain(item)
                        .hasSizeBetween(1, 4);
            }
        }
    }
}
