package dev.kombo.ranking;

import dev.kombo.catalog.CatalogIndex;

/**
 * Cosines of one shopper's factors and history with the bundles, by ordinal: those of all bundles cost less in one pass
 * over the index's columns than those of a few hundred candidates one by one. Touched by one thread.
 */
final class BundleCosines {
    private final CatalogIndex index;
    private float[] factors = {};
    private float[] history = {};
    private int count;

    BundleCosines(CatalogIndex index) {
        this.index = index;
    }

    /** Forgets the shopper. */
    void clear() {
        count = 0;
    }

    /** Works them out for the bundles with ordinals in [0, bundles). */
    void load(ShopperView view, int bundles) {
        if (bundles > factors.length) {
            int length = bundles + bundles / 4;
            factors = new float[length];
            history = new float[length];
        }
        index.bundleCosines(
                view.factors(), view.factorNorm(), factors, view.history(), view.historyNorm(), history, bundles);
        count = bundles;
    }

    /** Whether the cosines of a bundle were worked out; the getters may be asked only then. */
    boolean know(int bundle) {
        return bundle < count;
    }

    /** Cosine of the shopper's factors and the bundle's, -1 to 1; 0 where one is not known. */
    float ofFactors(int bundle) {
        return factors[bundle];
    }

    /** The same of the {@link ShopperView#history}. */
    float ofHistory(int bundle) {
        return history[bundle];
    }
}
