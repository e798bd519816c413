package dev.kombo.entity;

import dev.kombo.math.StableHash;

/**
 * Names of entities, that is of items and bundles in one shared space: {@code i:<item id>}, {@code b:<bundle id>}, and
 * {@code all}, which counts every closed order. Factors, popularity and interactions are kept per entity.
 */
public final class Entity {
    /** Counts every closed order; its factors are not used for ranking. */
    public static final String ALL = "all";

    private static final String ITEM = "i:";
    private static final String BUNDLE = "b:";

    private Entity() {}

    /** The entity of an item. */
    public static String ofItem(String itemId) {
        return ITEM + itemId;
    }

    /** The entity of a bundle. */
    public static String ofBundle(String bundleId) {
        return BUNDLE + bundleId;
    }

    /** {@link StableHash} of the entity of an item, without making its name. */
    public static long hashOfItem(String itemId) {
        return StableHash.of(ITEM, itemId, 0L);
    }

    /** The same of a bundle. */
    public static long hashOfBundle(String bundleId) {
        return StableHash.of(BUNDLE, bundleId, 0L);
    }

    /** Whether the entity is an item. */
    public static boolean isItem(String entity) {
        return entity.startsWith(ITEM);
    }

    /** Whether the entity is a bundle. */
    public static boolean isBundle(String entity) {
        return entity.startsWith(BUNDLE);
    }

    /** The item's or bundle's own id. */
    public static String idOf(String entity) {
        return isItem(entity) || isBundle(entity) ? entity.substring(2) : entity;
    }
}
