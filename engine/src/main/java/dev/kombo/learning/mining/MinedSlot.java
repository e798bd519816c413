package dev.kombo.learning.mining;

import dev.kombo.catalog.SlotChecks;
import java.util.List;

/**
 * The place of a mined bundle that one of several items fills.
 *
 * @param name what is chosen there: the category of its items; {@link #CHOICE} where they have none in common
 * @param items at least three, strongest first
 * @param togetherOrders closed orders with the bundle's item and two of them, partly estimated
 */
public record MinedSlot(String name, List<String> items, long togetherOrders) {
    public static final String CHOICE = "choice";

    /** Whether people can read it: what is mostly digits is an id. */
    static boolean mayBeCalled(String name) {
        return !name.isBlank()
                && name.length() <= SlotChecks.LONGEST_NAME
                && 2 * name.chars().filter(Character::isDigit).count() < name.length();
    }

    /** Copies the items. */
    public MinedSlot {
        items = List.copyOf(items);
    }
}
