package dev.kombo.lab.quality.data;

import dev.kombo.catalog.StableHash;
import java.util.Comparator;
import java.util.List;

/**
 * The items of one purchase.
 *
 * @param id id of the invoice or basket in the file
 * @param user number of the user
 * @param time epoch milliseconds of the first line
 * @param lines at least one; each item once
 */
public record Basket(String id, int user, long time, List<BasketLine> lines) {
    public Basket {
        lines = List.copyOf(lines);
    }

    /** Returns the basket with its lines shuffled by the seed; {@link BasketLine#place} keeps the order of the file. */
    public Basket shuffled(long seed) {
        long hash = StableHash.of(id, seed);
        Comparator<BasketLine> drawn =
                Comparator.comparingLong(line -> StableHash.mix(StableHash.combine(hash, line.place())));
        return new Basket(
                id,
                user,
                time,
                lines.stream().sorted(drawn.thenComparingInt(BasketLine::place)).toList());
    }
}
