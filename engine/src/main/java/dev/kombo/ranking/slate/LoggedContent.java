package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleContent;

/** The members of a bundle when a decision was logged. Immutable; the array is not copied, and never written. */
public final class LoggedContent implements BundleContent {
    private final long[] memberHashes;
    private final long signature;

    /**
     * Creates the content.
     *
     * @param memberHashes hashes of the members as entities, ascending
     */
    public LoggedContent(long[] memberHashes) {
        this.memberHashes = memberHashes;
        long bits = 0;
        for (long hash : memberHashes) {
            bits |= 1L << (hash & 63);
        }
        signature = bits;
    }

    /** The current content of a bundle. */
    static LoggedContent of(BundleContent bundle) {
        long[] hashes = new long[bundle.size()];
        for (int m = 0; m < hashes.length; m++) {
            hashes[m] = bundle.memberHash(m);
        }
        return new LoggedContent(hashes);
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
    public long memberSignature() {
        return signature;
    }
}
