package dev.kombo.catalog;

/**
 * Names in the one space that items and bundles share: {@code i:<item id>}, {@code b:<bundle id>}, and {@code all},
 * which counts every closed order. Factors, popularity and interactions are kept per target.
 */
public final class Target {
    /** Counts every closed order; has no factors worth ranking by. */
    public static final String ALL = "all";

    private static final String ITEM = "i:";
    private static final String BUNDLE = "b:";

    private Target() {}

    /** The target of an item. */
    public static String ofItem(String itemId) {
        return ITEM + itemId;
    }

    /** The target of a bundle. */
    public static String ofBundle(String bundleId) {
        return BUNDLE + bundleId;
    }

    /** Whether the target is an item. */
    public static boolean isItem(String target) {
        return target.startsWith(ITEM);
    }

    /** Whether the target is a bundle. */
    public static boolean isBundle(String target) {
        return target.startsWith(BUNDLE);
    }

    /** The item's or bundle's own id. */
    public static String idOf(String target) {
        return isItem(target) || isBundle(target) ? target.substring(2) : target;
    }
}
