package dev.kombo.query;

import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.Responses;
import dev.kombo.catalog.TargetModel;
import java.util.List;

/**
 * What was learned of an item or bundle, as JSON.
 *
 * @param vector factors
 * @param popularityShort decayed popularity with the short half-life, at {@code popularityTime}
 * @param popularityLong decayed popularity with the long half-life, at {@code popularityTime}
 * @param popularityTime epoch milliseconds
 * @param interactions events that touched it
 * @param purchases closed orders that contain it
 * @param lastPrice unit price last paid, or null
 * @param neighbors items bought in the same orders, strongest first
 * @param responses what became of offers of it, decayed to their time; null where it was never offered
 * @param version number of updates
 */
record ModelView(
        float[] vector,
        float bias,
        double popularityShort,
        double popularityLong,
        long popularityTime,
        long interactions,
        long purchases,
        Money lastPrice,
        List<Neighbor> neighbors,
        Responses responses,
        long version) {
    /** The view of a model, or null where there is none. */
    static ModelView orNull(TargetModel model) {
        return model == null
                ? null
                : new ModelView(
                        model.vector(),
                        model.bias(),
                        model.popularityShort(),
                        model.popularityLong(),
                        model.popularityTime(),
                        model.interactions(),
                        model.purchases(),
                        Money.orNull(model.lastPriceMinor(), model.currency()),
                        model.neighbors(),
                        model.responses().equals(Responses.NONE) ? null : model.responses(),
                        model.version());
    }
}
