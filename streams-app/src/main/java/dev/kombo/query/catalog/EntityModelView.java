package dev.kombo.query.catalog;

import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Neighbor;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.Money;
import java.util.List;

/** The model of an item or bundle, as JSON. */
record EntityModelView(
        @Described("factors") float[] vector,

        @Described("decayed with the short half-life, at popularityTime")
        double popularityShort,

        @Described("decayed with the long half-life, at popularityTime")
        double popularityLong,

        @Described("epoch milliseconds") long popularityTime,
        @Described("interactions with it") long interactions,
        @Described("closed orders that contain it") long purchases,

        @Described(value = "latest unit price paid", nullable = true)
        Money lastPrice,

        @Described("items bought in the same orders, strongest first")
        List<Neighbor> neighbors,

        @Described(value = "engagement with offers of it, as decayed counts; null: never offered", nullable = true)
        EngagementCounts responses) {
    /** Returns the view of a model, or null if there is none. */
    static EntityModelView orNull(EntityModel model) {
        return model == null
                ? null
                : new EntityModelView(
                        model.vector(),
                        model.popularityShort(),
                        model.popularityLong(),
                        model.popularityTime(),
                        model.interactions(),
                        model.purchases(),
                        Money.orNull(model.lastPriceMinor(), model.currency()),
                        model.neighbors(),
                        model.engagement().equals(EngagementCounts.NONE) ? null : model.engagement());
    }
}
