package dev.kombo.lab.quality.data;

/**
 * An item of a basket. Lines of one item are merged: units and money are added up, place and time are those of the first.
 *
 * @param item number of the item
 * @param quantity units, at least 1
 * @param paidMinor paid for all units, in minor units; above 0
 * @param place place in the basket as the file has it, from 0, merged lines not counted
 * @param time epoch milliseconds
 */
public record BasketLine(int item, int quantity, long paidMinor, int place, long time) {
    /** Mean price paid for one unit, in minor units, rounded half up. */
    public long unitPriceMinor() {
        return (2 * paidMinor + quantity) / (2L * quantity);
    }

    /** With more units of the item. */
    BasketLine plus(int units, long moreMinor) {
        return new BasketLine(item, Math.addExact(quantity, units), Math.addExact(paidMinor, moreMinor), place, time);
    }
}
