package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.Entity;
import dev.kombo.catalog.EntityModel;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.learning.factors.FactorMath;
import dev.kombo.ranking.TopSelection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the items whose factor vectors have the highest cosine with an item's, exactly, in one pass over the index. For
 * people who inspect a model; offers do not use it.
 */
public final class SimilarItems {
    private SimilarItems() {}

    /**
     * A similar item.
     *
     * @param itemId the item
     * @param cosine of the two factor vectors, -1 to 1
     */
    public record Similar(String itemId, double cosine) {}

    /**
     * The most similar items, most similar first; without the item itself.
     *
     * @param itemId an item; the list is empty where it has no factors
     * @param most entries, at least 0
     */
    public static List<Similar> of(CatalogIndex index, String itemId, int most) {
        int own = index.itemOrdinal(itemId);
        FactorSpace space = index.factors().space();
        float[] factors = own == CatalogIndex.UNKNOWN ? null : vector(index, space, own);
        if (factors == null) {
            return List.of();
        }
        TopSelection nearest = new TopSelection();
        nearest.reset(most);
        int count = index.itemCount();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            float[] other = ordinal == own ? null : vector(index, space, ordinal);
            if (other != null) {
                nearest.offer(
                        FactorMath.cosine(factors, other), index.itemAt(ordinal).hash(), ordinal);
            }
        }
        List<Similar> similar = new ArrayList<>(nearest.size());
        for (int i = 0; i < nearest.size(); i++) {
            int ordinal = nearest.ordinal(i);
            EntityModel model = index.itemAt(ordinal).model();
            float[] other = vector(index, space, ordinal);
            // Another thread may have removed it meanwhile.
            if (model != null && other != null) {
                similar.add(new Similar(Entity.idOf(model.entity()), FactorMath.cosine(factors, other)));
            }
        }
        return similar;
    }

    /** Null where the item has no vector or no longer has a model. */
    private static float @Nullable [] vector(CatalogIndex index, FactorSpace space, int ordinal) {
        ItemEntry entry = index.itemAt(ordinal);
        return entry.model() == null ? null : space.vector(index.factors().slot(entry.hash()));
    }
}
