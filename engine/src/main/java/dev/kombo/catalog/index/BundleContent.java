package dev.kombo.catalog.index;

/** The members of a bundle, as needed to compare bundles by content. */
public interface BundleContent {
    /** Number of different members. */
    int size();

    /** Hash of member {@code m} as an entity; members are in ascending order of their hashes. */
    long memberHash(int m);

    /** A signature with one bit per member: two bundles without a common bit have no common member. */
    long memberSignature();
}
