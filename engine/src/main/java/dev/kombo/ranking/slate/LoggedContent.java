package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleContent;

/**
 * The members of a bundle when a decision was logged.
 *
 * @param memberHashes hashes of the members as entities, ascending; not copied, never written
 * @param memberShares what each costs as a share of the list price; empty: not known; not copied, never written
 */
public record LoggedContent(long[] memberHashes, float[] memberShares) implements BundleContent {
    /** The current content of a bundle. */
    static LoggedContent of(BundleContent bundle) {
        long[] hashes = new long[bundle.size()];
        float[] shares = new float[hashes.length];
        for (int m = 0; m < hashes.length; m++) {
            hashes[m] = bundle.memberHash(m);
            shares[m] = bundle.memberShare(m);
        }
        return new LoggedContent(hashes, shares);
    }

    @Override
    public int size() {
        return memberHashes.length;
    }

    @Override
    public long memberHash(int m) {
        return memberHashes[m];
    }

    @Override
    public float memberShare(int m) {
        return m < memberShares.length ? memberShares[m] : 0f;
    }

    @Override
    public long memberSignature() {
        long bits = 0;
        for (long hash : memberHashes) {
            bits |= 1L << (hash & 63);
        }
        return bits;
    }
}
