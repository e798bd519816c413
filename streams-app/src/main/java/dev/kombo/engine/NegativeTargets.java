package dev.kombo.engine;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.ItemEntry;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.FactorSettings;

/**
 * Draws targets that a shopper did not choose: a share of them as popular as what is chosen, the others uniformly.
 * Uniform ones alone teach the factors little but popularity, which the ranking has as a signal of its own; drawn by
 * popularity, they leave the factors to taste (word2vec's unigram sampling: Mikolov et al., NIPS 2013).
 */
final class NegativeTargets {
    private final FactorSettings settings;
    private final CatalogIndex catalog;

    NegativeTargets(FactorSettings settings, CatalogIndex catalog) {
        this.settings = settings;
        this.catalog = catalog;
    }

    /**
     * The model of a target of the same kind as the given one, or null where the draw fell on the target itself or on
     * one without a model that can be learned from.
     *
     * @param target hash of the target that was chosen
     * @param item whether it is an item
     * @param draw hash that decides
     */
    TargetModel draw(long target, boolean item, long draw) {
        boolean popular = StableHash.unit(draw) < settings.popularNegatives();
        long place = StableHash.mix(draw);
        TargetModel model = item ? item(popular, place) : bundle(popular, place);
        return usable(model) && StableHash.of(model.target()) != target ? model : null;
    }

    private TargetModel item(boolean popular, long place) {
        int ordinal = popular ? catalog.drawTouchedItem(place) : CatalogIndex.UNKNOWN;
        if (ordinal == CatalogIndex.UNKNOWN) {
            ordinal = catalog.itemCount() == 0 ? ordinal : StableHash.below(place, catalog.itemCount());
        }
        ItemEntry entry = ordinal == CatalogIndex.UNKNOWN ? null : catalog.itemAt(ordinal);
        return entry == null ? null : entry.model();
    }

    private TargetModel bundle(boolean popular, long place) {
        int ordinal = popular ? catalog.drawTouchedBundle(place) : CatalogIndex.UNKNOWN;
        if (ordinal == CatalogIndex.UNKNOWN) {
            ordinal = catalog.bundleCount() == 0 ? ordinal : StableHash.below(place, catalog.bundleCount());
        }
        BundleEntry entry = ordinal == CatalogIndex.UNKNOWN ? null : catalog.bundle(ordinal);
        return entry == null ? null : entry.model();
    }

    /** Whether a model has factors of the length in use. */
    boolean usable(TargetModel model) {
        return model != null && model.vector().length == settings.factors();
    }
}
