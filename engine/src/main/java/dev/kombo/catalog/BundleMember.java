package dev.kombo.catalog;

/**
 * An item in a bundle.
 *
 * @param itemId the item
 * @param quantity units of it in one bundle, at least 1
 */
public record BundleMember(String itemId, int quantity) {
    /** Adds the quantities, up to {@link Integer#MAX_VALUE}. */
    BundleMember plus(BundleMember other) {
        return new BundleMember(itemId, (int) Math.min(Integer.MAX_VALUE, (long) quantity + other.quantity));
    }
}
