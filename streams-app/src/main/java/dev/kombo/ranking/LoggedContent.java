package dev.kombo.ranking;

import dev.kombo.catalog.BundleContent;
import dev.kombo.learning.Factors;

/** What was in a bundle when a decision was logged. Immutable; the arrays are not copied, and never written. */
public final class LoggedContent implements BundleContent {
    private final long[] memberHashes;
    private final float[] vector;
    private final long signature;
    private final float norm;

    /**
     * The content.
     *
     * @param memberHashes hashes of the members' targets, ascending
     * @param vector blended factors, finite; empty where they are not needed or not known
     */
    public LoggedContent(long[] memberHashes, float[] vector) {
        this.memberHashes = memberHashes;
        this.vector = vector;
        long bits = 0;
        for (long hash : memberHashes) {
            bits |= 1L << (hash & 63);
        }
        signature = bits;
        norm = (float) Factors.norm(vector);
    }

    /** The content of a bundle now; its factors only where they say how alike bundles are. */
    static LoggedContent of(BundleContent bundle, Similarity similarity) {
        long[] hashes = new long[bundle.size()];
        for (int m = 0; m < hashes.length; m++) {
            hashes[m] = bundle.memberHash(m);
        }
        return new LoggedContent(hashes, similarity == Similarity.FACTORS ? bundle.vector() : new float[0]);
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

    @Override
    public float[] vector() {
        return vector;
    }

    @Override
    public float norm() {
        return norm;
    }
}
