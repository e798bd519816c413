package dev.kombo.catalog;

import java.util.List;

/**
 * A slot of a bundle as one offer fills it. No item fills two slots of an offer, or is a fixed member besides.
 *
 * @param name of the slot
 * @param members the items that fill it, best first, with their units
 * @param alternatives what the shopper may take instead, best first
 */
public record FilledSlot(String name, List<BundleMember> members, List<Alternative> alternatives) {
    /**
     * An item that may take the place of one that fills the slot.
     *
     * @param itemId the item
     * @param replaces the member whose units it takes the place of
     * @param priceMinor price of the bundle then, in minor units, or {@link Item#UNKNOWN} where it has none
     */
    public record Alternative(String itemId, String replaces, long priceMinor) {}

    /** Copies the lists, so that an offer never changes. */
    public FilledSlot {
        members = List.copyOf(members);
        alternatives = List.copyOf(alternatives);
    }
}
