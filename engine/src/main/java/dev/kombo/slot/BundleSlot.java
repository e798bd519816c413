package dev.kombo.slot;

import dev.kombo.entity.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a bundle that each offer fills with items of a set, chosen for the shopper: "any 3 of these", "a drink".
 * The set is stated in one of three ways; in none, it is all items.
 *
 * @param name what is chosen here, such as drink; each once in a bundle
 * @param items the set's items, by id; empty: stated otherwise
 * @param category category of the set's items; null: stated otherwise
 * @param attribute name of an attribute that the set's items have; null: stated otherwise
 * @param value the attribute's value; null without an attribute
 * @param units smallest number of units, at least 1: as many does an offer fill, unless a tier of the price for more is
 *     worth more
 * @param maxUnits largest number of units that a shopper may take; {@link Item#UNLIMITED}: no limit
 * @param repeats whether one item may fill more than one of its units
 */
public record BundleSlot(
        String name,
        List<String> items,
        @Nullable String category,
        @Nullable String attribute,
        @Nullable String value,
        int units,
        long maxUnits,
        boolean repeats) {

    /** Copies the list, so that a bundle in an index never changes. */
    public BundleSlot {
        items = List.copyOf(items);
    }

    /** The same slot, filled with another number of units. */
    public BundleSlot withUnits(int number) {
        return new BundleSlot(name, items, category, attribute, value, number, maxUnits, repeats);
    }
}
