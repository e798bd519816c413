package dev.kombo.catalog;

/**
 * An item in a bundle.
 *
 * @param itemId the item
 * @param quantity units of it in one bundle, at least 1
 */
public record BundleMember(String itemId, int quantity) {
    /** Both together; {@link Integer#MAX_VALUE} where that is too many to count. */
    BundleMember plus(BundleMember other) {
        return new BundleMember(itemId, (int) Math.min(Integer.MAX_VALUE, (long) quantity + other.quantity));
    }
}
