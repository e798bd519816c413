package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.catalog.index.TopSelection;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.math.FactorMath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the items whose factor vectors have the highest cosine with an item's, exactly, in one pass over the index. For
 * people who inspect a model; offers do not use it.
 */
public final class SimilarItems {
    /** Unrelated items of a small shop reach cosines of about 0.6 by chance. */
    private static final double LEAST_COSINE = 0.65;

    private static final long FEWEST_INTERACTIONS = 10;

    private SimilarItems() {}

    /**
     * A similar item.
     *
     * @param itemId the item
     * @param cosine of the two factor vectors, -1 to 1
     */
    public record Similar(String itemId, double cosine) {}

    /**
     * The most similar items, most similar first; without the item itself, without items of which too little is known,
     * and without those that are hardly alike.
     *
     * @param itemId an item; the list is empty where too little is known of it
     * @param most entries, at least 0
     */
    public static List<Similar> of(CatalogIndex index, String itemId, int most) {
        int own = index.itemOrdinal(itemId);
        FactorSpace space = index.factors().space();
        float[] factors = own == CatalogIndex.UNKNOWN ? null : vector(index, space, own);
        if (factors == null) {
            return List.of();
        }
        TopSelection nearest = new TopSelection().reset(most);
        int count = index.itemCount();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            float[] other = ordinal == own ? null : vector(index, space, ordinal);
            if (other != null) {
                nearest.offer(
                        FactorMath.cosine(factors, other), index.itemAt(ordinal).hash(), ordinal);
            }
        }
        List<Similar> similar = new ArrayList<>(nearest.size());
        for (int ordinal : nearest.ordinals()) {
            EntityModel model = index.itemAt(ordinal).model();
            float[] other = vector(index, space, ordinal);
            // Another thread may have removed it meanwhile.
            double cosine = model == null || other == null ? 0 : FactorMath.cosine(factors, other);
            if (model != null && cosine >= LEAST_COSINE) {
                similar.add(new Similar(Entity.idOf(model.entity()), cosine));
            }
        }
        return similar;
    }

    /** Null where the item has no vector, too few interactions, or no longer a model. */
    private static float @Nullable [] vector(CatalogIndex index, FactorSpace space, int ordinal) {
        ItemEntry entry = index.itemAt(ordinal);
        EntityModel model = entry.model();
        return model == null || model.interactions() < FEWEST_INTERACTIONS
                ? null
                : space.vector(index.factors().slot(entry.hash()));
    }
}
