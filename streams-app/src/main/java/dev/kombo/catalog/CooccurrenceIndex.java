package dev.kombo.catalog;

import java.util.BitSet;
import java.util.function.LongToIntFunction;

/**
 * {@link CooccurrenceLinks} of all items and bundles, filled from the published counts. Scores are worked out anew
 * whenever one of the two targets is published, so they are the same whatever the order in which models came, but for
 * links that gave way: scoring an event only adds them up. Written by one thread, read by any.
 */
final class CooccurrenceIndex {
    private static final int NOT_KNOWN = Integer.MIN_VALUE;

    private final float shrinkage;
    private final LongToIntFunction itemOrdinals;
    private final LongToIntFunction bundleOrdinals;
    private final Snapshots<CooccurrenceLinks> items = new Snapshots<>();
    private final Snapshots<CooccurrenceLinks> bundles = new Snapshots<>();
    private final DenseFloats itemRoots = new DenseFloats(0f);
    private final DenseFloats bundleRoots = new DenseFloats(0f);
    private final AwaitedLinks awaited = new AwaitedLinks();
    /** Items that are or were part of a bundle. */
    private final BitSet members = new BitSet();

    /**
     * @param shrinkage added to the denominator of every cosine
     * @param itemOrdinals ordinal of an item by hash, or {@link CatalogIndex#UNKNOWN}
     * @param bundleOrdinals the same of a bundle
     */
    CooccurrenceIndex(float shrinkage, LongToIntFunction itemOrdinals, LongToIntFunction bundleOrdinals) {
        this.shrinkage = shrinkage;
        this.itemOrdinals = itemOrdinals;
        this.bundleOrdinals = bundleOrdinals;
    }

    /** Links of an item; {@link CooccurrenceLinks#NONE} where there are none. */
    CooccurrenceLinks ofItem(int ordinal) {
        return get(items, ordinal);
    }

    /** The same of a bundle. */
    CooccurrenceLinks ofBundle(int ordinal) {
        return get(bundles, ordinal);
    }

    /**
     * Replaces what one target's model says.
     *
     * @param hash of the target
     */
    void put(boolean item, int ordinal, long hash, Cooccurrences before, Cooccurrences after) {
        if (after.sameAs(before)) {
            return;
        }
        int code = CooccurrenceLinks.code(item, ordinal);
        float root = (float) Math.sqrt(Math.max(0, after.mass()));
        (item ? itemRoots : bundleRoots).set(ordinal, root);
        linksOf(code).clearOwn();
        for (int i = 0; i < before.size(); i++) {
            int other = codeOf(before.targets()[i]);
            awaited.remove(before.targets()[i], code);
            if (other != NOT_KNOWN) {
                linksOf(other).set(code, 0f, false, denominator(code, other), isSummed(code));
            }
        }
        for (int i = 0; i < after.size(); i++) {
            int other = codeOf(after.targets()[i]);
            // Without its mass a link has no score, and could not hold its place against others.
            if (other == NOT_KNOWN || rootOf(other) == 0) {
                awaited.add(after.targets()[i], code, after.weights()[i]);
            } else {
                link(code, other, after.weights()[i]);
            }
        }
        awaited.take(hash, (owner, count) -> link(owner, code, count));
        rescale(code);
    }

    /** Notes a count that the owner's model states. */
    private void link(int owner, int other, float count) {
        float denominator = denominator(owner, other);
        linksOf(owner).set(other, count, true, denominator, isSummed(other));
        linksOf(other).set(owner, count, false, denominator, isSummed(owner));
    }

    /** Works out all scores of a target anew, on both sides. */
    private void rescale(int code) {
        CooccurrenceLinks links = linksOf(code);
        for (int l = 0; l < links.size(); l++) {
            int other = links.target(l);
            float denominator = denominator(code, other);
            links.rescale(l, denominator);
            get(other >= 0 ? items : bundles, other >= 0 ? other : ~other).rescaleTo(code, denominator);
        }
    }

    /** 0 until both targets are known. */
    private float denominator(int code, int other) {
        float roots = rootOf(code) * rootOf(other);
        return roots > 0 ? roots + shrinkage : 0f;
    }

    /** Takes note that an item is part of a bundle, so that links to it are summed up from now on. */
    void addMember(int item) {
        if (members.get(item)) {
            return;
        }
        members.set(item);
        CooccurrenceLinks own = ofItem(item);
        if (own.everFull()) {
            // It may have forgotten a target that links to it.
            for (int i = 0; i < items.size(); i++) {
                items.get(i).sumUp(item);
            }
            for (int i = 0; i < bundles.size(); i++) {
                bundles.get(i).sumUp(item);
            }
        } else {
            for (int l = 0; l < own.size(); l++) {
                get(own.isItem(l) ? items : bundles, own.ordinal(l)).sumUp(item);
            }
        }
    }

    private boolean isSummed(int code) {
        return code < 0 || members.get(code);
    }

    private int codeOf(long hash) {
        int item = itemOrdinals.applyAsInt(hash);
        if (item != CatalogIndex.UNKNOWN) {
            return CooccurrenceLinks.code(true, item);
        }
        int bundle = bundleOrdinals.applyAsInt(hash);
        return bundle == CatalogIndex.UNKNOWN ? NOT_KNOWN : CooccurrenceLinks.code(false, bundle);
    }

    private float rootOf(int code) {
        return code >= 0 ? itemRoots.get(code) : bundleRoots.get(~code);
    }

    /** Links to write to, with room for one more. */
    private CooccurrenceLinks linksOf(int code) {
        Snapshots<CooccurrenceLinks> all = code >= 0 ? items : bundles;
        int ordinal = code >= 0 ? code : ~code;
        while (all.size() <= ordinal) {
            all.append(CooccurrenceLinks.NONE);
        }
        CooccurrenceLinks links = all.get(ordinal);
        CooccurrenceLinks grown = links.grown();
        if (grown != links) {
            all.set(ordinal, grown);
        }
        return grown;
    }

    private static CooccurrenceLinks get(Snapshots<CooccurrenceLinks> all, int ordinal) {
        return ordinal < all.size() ? all.get(ordinal) : CooccurrenceLinks.NONE;
    }
}
