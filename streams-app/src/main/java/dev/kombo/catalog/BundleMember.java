package dev.kombo.catalog;

/**
 * An item in a bundle.
 *
 * @param itemId the item
 * @param quantity units of it in one bundle, at least 1
 */
public record BundleMember(String itemId, int quantity) {}
