package dev.kombo.lab.quality.data;

/**
 * An item of a basket. Lines of one item are merged: units and amounts are added up, place and time are those of the
 * first.
 *
 * @param item number of the item
 * @param quantity units, at least 1
 * @param paidMinor paid for all units, in minor units; above 0
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
        return new BasketLine(item, Math.addExact(quantity, units), Math.addExact(paidMinor, moreMinor), place, time);
    }
}
