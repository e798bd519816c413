package dev.kombo.slot;

import dev.kombo.codec.Fields;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a bundle as one offer fills it. No item fills two slots of an offer, or is a fixed member besides.
 *
 * @param name of the slot
 * @param members the items that fill it, best first, with their units
 * @param alternatives what the shopper may take instead, best first; those of one item follow each other
 */
public record FilledSlot(String name, List<BundleMember> members, List<Alternative> alternatives) {
    /**
     * An item that may take the place of one that fills the slot. One that may replace several has an alternative for
     * each.
     *
     * @param itemId the item
     * @param replaces the member whose units it takes the place of
     * @param priceMinor price of the bundle then, in minor units, or {@link Item#UNKNOWN} where it has none
     */
    public record Alternative(String itemId, String replaces, long priceMinor) {
        private static final Alternative BLANK = new Alternative("", "", 0);

        private Alternative fields(Fields f) {
            return new Alternative(f.text(itemId), f.text(replaces), f.number(priceMinor));
        }
    }

    /** Stands for a slot that is to be read. */
    public static final FilledSlot BLANK = new FilledSlot("", List.of(), List.of());

    public FilledSlot fields(Fields f) {
        return new FilledSlot(
                f.text(name),
                f.each(members, BundleMember.BLANK, BundleMember::fields),
                f.each(alternatives, Alternative.BLANK, Alternative::fields));
    }

    /** Whether an item is one of those that fill it. */
    public boolean isFilledBy(@Nullable String itemId) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).itemId().equals(itemId)) {
                return true;
            }
        }
        return false;
    }

    /** The first alternative with an item, or null. */
    public @Nullable Alternative alternative(@Nullable String itemId) {
        return alternative(itemId, null);
    }

    /**
     * The alternative with an item, or null.
     *
     * @param replaces the member whose place it takes; null: any
     */
    public @Nullable Alternative alternative(@Nullable String itemId, @Nullable String replaces) {
        for (int i = 0; i < alternatives.size(); i++) {
            Alternative other = alternatives.get(i);
            if (other.itemId().equals(itemId)
                    && (replaces == null || other.replaces().equals(replaces))) {
                return alternatives.get(i);
            }
        }
        return null;
    }
}
