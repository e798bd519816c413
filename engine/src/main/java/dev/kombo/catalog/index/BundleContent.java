package dev.kombo.catalog.index;

/** The members of a bundle, as needed to compare bundles by content. */
public interface BundleContent {
    /** Number of different members. */
    int size();

    /** Hash of member {@code m} as an entity; members are in ascending order of their hashes. */
    long memberHash(int m);

    /**
     * What member {@code m} costs in its quantity, as a share of the list price, 0 to 1; 0 where there are no prices.
     */
    float memberShare(int m);

    /** A signature with one bit per member: two bundles without a common bit have no common member. */
    long memberSignature();

    /**
     * The bundles with the most similar content to one bundle, most similar first. The arrays are shared and must not
     * be written.
     *
     * @param bundles their ordinals
     * @param cosines similarities, above 0 up to 1
     */
    record ContentNeighbors(int[] bundles, float[] cosines) {}
}
