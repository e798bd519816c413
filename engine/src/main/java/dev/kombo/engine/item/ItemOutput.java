package dev.kombo.engine.item;

import dev.kombo.catalog.Bundle;
import dev.kombo.engine.model.SweepSum;
import dev.kombo.engine.task.Output;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.price.PriceHistory;
import java.util.List;

/** What the item task emits. */
public sealed interface ItemOutput extends Output {
    /** The item, bundle, block or partition that it is about. */
    String key();

    /** What every instance is to know of an item or bundle. */
    record ModelPublished(PublishedEntity published, long time) implements ItemOutput {
        @Override
        public String key() {
            return published.entity();
        }
    }

    /** Every instance forgets an item or bundle. Its key is the entity. */
    record ModelRemoved(String key, long time) implements ItemOutput {}

    /**
     * Some of the factors that a sweep computes. Its key is that of a block of the sweep before, which it replaces.
     *
     * @param generation that they are a part of
     * @param partners {@link dev.kombo.learning.factors.PartnerTable#partnerOf} each entity
     * @param vectors of one length, or empty
     */
    record SweepBlock(
            String key, int partition, int generation, List<Long> partners, List<QuantizedVector> vectors, long time)
            implements ItemOutput {}

    /**
     * Some of the columns that a sweep computes, see {@link dev.kombo.learning.factors.RowSweep#columns}; likewise.
     *
     * @param columns of one length
     */
    record SweepColumns(
            String key, int partition, int generation, List<Long> partners, List<float[]> columns, long time)
            implements ItemOutput {}

    /** A block of an earlier, longer sweep is gone. */
    record SweepBlockRemoved(String key, long time) implements ItemOutput {}

    /** A sweep has reached the last row. Its key is the partition. */
    record SweepEnded(SweepSum sum, long time) implements ItemOutput {
        @Override
        public String key() {
            return Integer.toString(sum.partition());
        }
    }

    /** A bundle is suggested, or its evidence is told again. Its key is the bundle. */
    record SuggestionMade(Suggestion suggestion, long time) implements ItemOutput {
        @Override
        public String key() {
            return suggestion.bundle().id();
        }
    }

    /** A suggestion is withdrawn. Its key is the bundle. */
    record SuggestionWithdrawn(String key, long time) implements ItemOutput {}

    /** A mined bundle enters the catalogue. Its key is the bundle. */
    record BundleOffered(Bundle bundle, long time) implements ItemOutput {
        @Override
        public String key() {
            return bundle.id();
        }
    }

    /** A mined bundle leaves the catalogue. Its key is the bundle. */
    record BundleTakenOut(String key, long time) implements ItemOutput {}

    /** The prices of an item or bundle, of which an instance that starts would not know. Its key is the entity. */
    record PriceTold(String key, PriceHistory history, long time) implements ItemOutput {}
}
