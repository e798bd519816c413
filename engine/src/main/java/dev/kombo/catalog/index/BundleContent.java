package dev.kombo.catalog.index;

/** What is in a bundle, as far as it says how alike two bundles are. */
public interface BundleContent {
    /** Number of different members. */
    int size();

    /** Hash of the target of member {@code m}; members are in ascending hashes. */
    long memberHash(int m);

    /** One bit a member: two bundles without a common bit have no common member. */
    long memberSignature();
}
