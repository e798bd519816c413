package dev.kombo.ranking.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShopperItemsTest {
    private final ShopperItems shopperItems = new ShopperItems();

    @Test
    void shouldKeepAllNumbersOfManyItemsWhenItGrows() {
        shopperItems.clear();
        for (int item = 5000; item >= 0; item -= 7) {
            shopperItems.flag(item, ShopperItems.RECENT);
            shopperItems.cart(item, item + 1);
            shopperItems.bought(item, 3f, 2f, 0.5f, -item * 1_000_000_000_000L);
        }
        assertThat(shopperItems.size()).isEqualTo(715);
        for (int item = 5000; item >= 0; item -= 7) {
            assertThat(shopperItems.flags(item)).isEqualTo(ShopperItems.RECENT | ShopperItems.BASKET);
            assertThat(shopperItems.has(item, ShopperItems.ORDERED)).isFalse();
            assertThat(shopperItems.cartUnits(item)).isEqualTo(item + 1);
            assertThat(shopperItems.logCount(item)).isEqualTo(3f);
            assertThat(shopperItems.repeat(item)).isEqualTo(2f);
            assertThat(shopperItems.recency(item)).isEqualTo(0.5f);
            assertThat(shopperItems.boughtAt(item)).isEqualTo(-item * 1_000_000_000_000L);
        }
        assertThat(shopperItems.contains(5001)).isFalse();
        assertThat(shopperItems.contains(1_000_000)).isFalse();
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        shopperItems.clear();
        shopperItems.bought(3, 1f, 1f, 1f, 99);
        shopperItems.cart(3, 2);
        shopperItems.clear();
        assertThat(shopperItems.contains(3)).isFalse();
        assertThat(shopperItems.size()).isZero();

        shopperItems.flag(3, ShopperItems.TRIGGER);
        assertThat(shopperItems.boughtAt(3)).isEqualTo(Long.MIN_VALUE);
        assertThat(shopperItems.cartUnits(3)).isZero();
        assertThat(shopperItems.logCount(3)).isZero();
        assertThat(shopperItems.repeat(3)).isZero();
        assertThat(shopperItems.item(0)).isEqualTo(3);
    }
}
