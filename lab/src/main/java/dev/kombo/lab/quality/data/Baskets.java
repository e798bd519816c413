package dev.kombo.lab.quality.data;

import java.util.List;

/**
 * Baskets in order of time, those of one time in the order of the file. Immutable.
 *
 * @param baskets the baskets
 * @param users ids of the users by number
 * @param items ids of the items by number
 * @param counts what became of the rows of the file; as read, whatever was left out since
 */
public record Baskets(List<Basket> baskets, IdIndex users, IdIndex items, BasketCounts counts) {
    /** Copies the list. */
    public Baskets {
        baskets = List.copyOf(baskets);
    }

    /** Without the baskets of more lines than that: those of wholesalers. Numbers of users and items stay as they are. */
    public Baskets withoutLargerThan(int lines) {
        return with(baskets.stream()
                .filter(basket -> basket.lines().size() <= lines)
                .toList());
    }

    /** With the lines of each basket in an order drawn by the seed. */
    public Baskets withShuffledLines(long seed) {
        return with(baskets.stream().map(basket -> basket.shuffled(seed)).toList());
    }

    private Baskets with(List<Basket> others) {
        return new Baskets(others, users, items, counts);
    }
}
