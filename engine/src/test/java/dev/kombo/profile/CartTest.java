package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CartTest {
    @Test
    void shouldSumUnitsAndMoveTheLineToTheEndWhenAnItemIsAddedAgain() {
        Cart cart = new Cart();
        cart.add("a", 2, 1);
        cart.add("b", 1, 2);
        cart.add("a", 3, 3);

        assertThat(cart.lines()).containsExactly(new Cart.Line("b", 1, 2), new Cart.Line("a", 5, 3));
    }

    @Test
    void shouldTakeUnitsAndThenTheLineWhenRemoved() {
        Cart cart = new Cart();
        cart.add("a", 3, 1);

        cart.remove("a", 1);
        assertThat(cart.lines()).containsExactly(new Cart.Line("a", 2, 1));
        cart.remove("a", 5);
        assertThat(cart.lines()).extracting(Cart.Line::itemId).doesNotContain("a");
        cart.remove("a", 1);
        assertThat(cart.lines()).isEmpty();
    }

    @Test
    void shouldLetTheOldestGiveWayWhenFull() {
        Cart cart = new Cart();
        for (int i = 0; i <= Cart.MAX_LINES; i++) {
            cart.add("item-" + i, 1, i);
        }

        assertThat(cart.lines()).hasSize(Cart.MAX_LINES);
        assertThat(cart.lines()).extracting(Cart.Line::itemId).doesNotContain("item-0");
        assertThat(cart.lines()).extracting(Cart.Line::itemId).contains("item-1");
    }

    @Test
    void shouldForgetOldLinesOnlyWhenTimePassed() {
        Cart cart = new Cart();
        cart.add("a", 1, 10);
        cart.add("b", 1, 20);
        cart.dropOlderThan(20);

        assertThat(cart.lines()).extracting(Cart.Line::itemId).doesNotContain("a");
        assertThat(cart.lines()).extracting(Cart.Line::itemId).contains("b");
    }

    @Test
    void shouldNotOverflowWhenUnitsAreHuge() {
        Cart cart = new Cart();
        cart.add("a", Integer.MAX_VALUE, 1);
        cart.add("a", 1, 2);

        assertThat(cart.lines().get(0).quantity()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldKeepTheDiscountAsLongAsSomethingIsInTheCart() {
        Cart cart = new Cart();
        cart.add("a", 1, 1);
        cart.add("b", 1, 2);
        cart.discount(500);

        cart.dropOlderThan(2);
        assertThat(cart.discountBasisPoints()).isEqualTo(500);
        cart.dropOlderThan(3);
        assertThat(cart.discountBasisPoints()).isZero();
    }

    @Test
    void shouldForgetTheDiscountOfACartThatWasEmptiedByHandOrNeverFilled() {
        Cart cart = new Cart();
        cart.add("a", 2, 1);
        cart.discount(500);
        cart.remove("a", 1);
        assertThat(cart.discountBasisPoints()).isEqualTo(500);
        cart.remove("a", 1);
        assertThat(cart.discountBasisPoints()).isZero();

        cart.discount(500);
        cart.dropOlderThan(0);
        assertThat(cart.discountBasisPoints()).as("stated with an event before").isZero();
    }

    @Test
    void shouldKeepTheLargerDiscountWhenTwoCartsAreMerged() {
        Cart cart = new Cart();
        cart.discount(500);
        Cart other = new Cart();
        other.discount(700);

        cart.absorb(other);
        assertThat(cart.discountBasisPoints()).isEqualTo(700);
        cart.absorb(new Cart());
        assertThat(cart.discountBasisPoints()).isEqualTo(700);
    }
}
