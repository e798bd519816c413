package dev.kombo.catalog;

import dev.kombo.codec.Fields;

/**
 * An item in a bundle.
 *
 * @param itemId the item
 * @param quantity units of it in one bundle, at least 1
 */
public record BundleMember(String itemId, int quantity) {
    /** Stands for a member that is to be read. */
    public static final BundleMember BLANK = new BundleMember("", 0);

    public BundleMember fields(Fields f) {
        return new BundleMember(f.text(itemId), f.number(quantity));
    }

    /** Adds the quantities, up to {@link Integer#MAX_VALUE}. */
    BundleMember plus(BundleMember other) {
        return new BundleMember(itemId, (int) Math.min(Integer.MAX_VALUE, (long) quantity + other.quantity));
    }
}
