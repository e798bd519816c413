package dev.kombo.ranking.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ItemMarksGrowthTest {
    private static final int ITEMS = 5000;

    static Stream<ObjIntConsumer<ItemMarks>> writers() {
        return Stream.of(
                (marks, item) -> marks.flag(item, ItemMarks.RECENT),
                (marks, item) -> marks.cart(item, 1),
                (marks, item) -> marks.raiseBasketFit(item, 1f),
                (marks, item) -> marks.raiseBasket(item, 1f, 0f, true),
                (marks, item) -> marks.bought(item, 1f, 1f, 1f, 1L << 40));
    }

    /** Any of them may be the one that makes the arrays grow. */
    @ParameterizedTest
    @MethodSource("writers")
    void shouldKeepWhatIsWrittenWhenItemsOutgrowTheArrays(ObjIntConsumer<ItemMarks> writer) {
        ItemMarks marks = new ItemMarks();
        for (int item = ITEMS; item > 0; item--) {
            writer.accept(marks, item);
            marks.raiseBasket(item, item, 0f, false);
        }
        for (int item = 1; item <= ITEMS; item++) {
            assertThat(marks.isMarked(item)).isTrue();
            assertThat(marks.basketConfidence(item)).isEqualTo(item);
        }
        marks.clear();
        assertThat(marks.isMarked(1)).isFalse();
    }
}
