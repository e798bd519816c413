package dev.kombo.profile;

/**
 * Bounds of what is kept of one shopper.
 *
 * @param recentInteractions latest interactions kept, 1 to 1000
 * @param recentEventIds latest event ids kept for de-duplication, those of purchases and returns left out, 1 to 10000
 * @param eventIdAge longest time such an id is kept, milliseconds
 * @param paidEventIds latest ids of purchases and returns kept for de-duplication, 1 to 10000
 * @param paidEventIdAge longest time such an id is kept, milliseconds
 * @param purchasedItems items bought that are remembered, 1 to 10000
 * @param exposedBundles bundles offered that are remembered, 1 to 1000
 */
public record ProfileLimits(
        int recentInteractions,
        int recentEventIds,
        long eventIdAge,
        int paidEventIds,
        long paidEventIdAge,
        int purchasedItems,
        int exposedBundles) {

    /** The limits that Kombo starts with. */
    public static ProfileLimits defaults() {
        return new ProfileLimits(50, 256, 86_400_000L, 512, 7 * 86_400_000L, 256, 64);
    }
}
