package dev.kombo.ranking.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShopperItemsGrowthTest {
    private static final int ITEMS = 5000;

    static Stream<ObjIntConsumer<ShopperItems>> writers() {
        return Stream.of(
                (shopperItems, item) -> shopperItems.flag(item, ShopperItems.RECENT),
                (shopperItems, item) -> shopperItems.cart(item, 1),
                (shopperItems, item) -> shopperItems.raiseBasketFit(item, 1f),
                (shopperItems, item) -> shopperItems.raiseBasket(item, 1f, 0f, true),
                (shopperItems, item) -> shopperItems.bought(item, 1f, 1f, 1f, 1L << 40));
    }

    /** Any of them may be the one that makes the arrays grow. */
    @ParameterizedTest
    @MethodSource("writers")
    void shouldKeepWhatIsWrittenWhenItemsOutgrowTheArrays(ObjIntConsumer<ShopperItems> writer) {
        ShopperItems shopperItems = new ShopperItems();
        for (int item = ITEMS; item > 0; item--) {
            writer.accept(shopperItems, item);
            shopperItems.raiseBasket(item, item, 0f, false);
        }
        for (int item = 1; item <= ITEMS; item++) {
            assertThat(shopperItems.contains(item)).isTrue();
            assertThat(shopperItems.basketConfidence(item)).isEqualTo(item);
        }
        shopperItems.clear();
        assertThat(shopperItems.contains(1)).isFalse();
    }
}
