package dev.kombo.lab.quality.data;

/**
 * An item of a basket. Lines of one item are merged: units are added up, place and time are those of the first.
 *
 * @param item number of the item
 * @param quantity units, at least 1
 * @param unitPriceMinor mean price paid for one unit, in minor units, rounded half up; above 0
 * @param place place in the basket as the file has it, from 0, merged lines not counted
 * @param time epoch milliseconds
 */
public record BasketLine(int item, int quantity, long unitPriceMinor, int place, long time) {}
