package dev.kombo.ranking.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ItemMarksTest {
    private final ItemMarks marks = new ItemMarks();

    @Test
    void shouldKeepAllNumbersOfManyItemsWhenItGrows() {
        marks.clear();
        for (int item = 5000; item >= 0; item -= 7) {
            marks.flag(item, ItemMarks.RECENT);
            marks.cart(item, item + 1);
            marks.bought(item, 3f, 2f, 0.5f, -item * 1_000_000_000_000L);
        }
        assertThat(marks.size()).isEqualTo(715);
        for (int item = 5000; item >= 0; item -= 7) {
            assertThat(marks.flags(item)).isEqualTo(ItemMarks.RECENT | ItemMarks.BASKET);
            assertThat(marks.has(item, ItemMarks.ORDERED)).isFalse();
            assertThat(marks.cartUnits(item)).isEqualTo(item + 1);
            assertThat(marks.logCount(item)).isEqualTo(3f);
            assertThat(marks.repeat(item)).isEqualTo(2f);
            assertThat(marks.recency(item)).isEqualTo(0.5f);
            assertThat(marks.boughtAt(item)).isEqualTo(-item * 1_000_000_000_000L);
        }
        assertThat(marks.isMarked(5001)).isFalse();
        assertThat(marks.isMarked(1_000_000)).isFalse();
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        marks.clear();
        marks.bought(3, 1f, 1f, 1f, 99);
        marks.cart(3, 2);
        marks.clear();
        assertThat(marks.isMarked(3)).isFalse();
        assertThat(marks.size()).isZero();

        marks.flag(3, ItemMarks.TRIGGER);
        assertThat(marks.boughtAt(3)).isEqualTo(Long.MIN_VALUE);
        assertThat(marks.cartUnits(3)).isZero();
        assertThat(marks.logCount(3)).isZero();
        assertThat(marks.repeat(3)).isZero();
        assertThat(marks.item(0)).isEqualTo(3);
    }
}
