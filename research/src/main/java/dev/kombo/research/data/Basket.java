package dev.kombo.research.data;

import dev.kombo.math.StableHash;
import java.util.Comparator;
import java.util.List;

/**
 * An order of a user in a data set: which items, how many, at what price.
 *
 * @param id id of the invoice or basket in the file
 * @param user number of the user
 * @param time epoch milliseconds of the first line
 * @param lines at least one; each item once
 */
public record Basket(String id, int user, long time, List<BasketLine> lines) {
    /** Identifies the basket: an id may be that of a basket of another user too. */
    public String key() {
        return user + " " + id;
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

    /**
     * An item of a basket. Lines of one item are merged: units and amounts are added up, place and time are those of
     * the first.
     *
     * @param item number of the item
     * @param quantity units, at least 1
     * @param paidMinor paid for all units, in minor units; 0 if that is not known
     * @param place position in the basket in the file, from 0, merged lines not counted
     * @param time epoch milliseconds
     */
    public record BasketLine(int item, int quantity, long paidMinor, int place, long time) {
        /** Mean price paid for one unit, in minor units, rounded half up. */
        public long unitPriceMinor() {
            return (2 * paidMinor + quantity) / (2L * quantity);
        }

        /** Returns the line with more units of the item. */
        BasketLine plus(int units, long moreMinor) {
            return new BasketLine(
                    item, Math.addExact(quantity, units), Math.addExact(paidMinor, moreMinor), place, time);
        }
    }
}
