package dev.kombo.serde;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.PackedEntities;
import dev.kombo.engine.item.PublishedEntity;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Item;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.NeighborSettings;
import dev.kombo.learning.mining.PartnerCount;
import dev.kombo.learning.mining.PartnerPairCount;
import dev.kombo.schema.BundleResponses;
import dev.kombo.schema.ItemLevels;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.LevelState;
import dev.kombo.schema.NeighborCount;
import dev.kombo.schema.ResponseState;
import dev.kombo.schema.TripleCount;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Maps what the item task publishes of an item or bundle (entity) to Avro, and reads what version 0.2.0 sent or stored. */
public final class ItemMapper {
    private ItemMapper() {}

    /** Returns an update that version 0.2.0 sent. */
    public static EntityUpdate toDomain(ItemUpdate update) {
        EntityUpdate.EntityInteraction interaction = update.getInteractions() == 0
                ? null
                : new EntityUpdate.EntityInteraction(
                        update.getPopularityWeight(),
                        update.getUnitPriceMinor() == null ? Item.UNKNOWN : update.getUnitPriceMinor(),
                        update.getCurrency(),
                        PackedEntities.entities(update.getHistory()),
                        PackedEntities.weights(update.getHistory()));
        boolean extended = update.getPurchases() == 0;
        EntityUpdate.EntityOrder order = extended
                        && update.getPartners().isEmpty()
                        && !update.getLevels().hasRemaining()
                ? null
                : new EntityUpdate.EntityOrder(
                        update.getPartners(),
                        update.getOfferedPartners(),
                        extended,
                        PackedEntities.entities(update.getLevels()));
        EntityUpdate.EntityPurchase purchase = update.getSinceLastPurchase() == null
                ? null
                : new EntityUpdate.EntityPurchase(update.getSinceLastPurchase());
        return new EntityUpdate(update.getEventTime(), interaction, order, response(update), purchase);
    }

    private static EntityUpdate.EntityEngagement response(ItemUpdate update) {
        return update.getImpressions() == 0 && update.getClicks() == 0 && update.getConversions() == 0
                ? null
                : new EntityUpdate.EntityEngagement(
                        update.getImpressions(),
                        update.getClicks(),
                        update.getConversions(),
                        update.getExpectedClicks());
    }

    /** Returns an entity's row that version 0.2.0 stored. */
    public static EntityState entity(ItemState stored, PopularitySettings settings) {
        EntityState state = new EntityState(partners(stored), levels(stored.getLevels()), popularity(stored, settings));
        state.restore(
                stored.getInteractions(),
                stored.getPurchases(),
                responses(stored.getResponses()),
                new RepurchaseCounts(
                        stored.getWaits(), stored.getBoughtAgain(), stored.getWaiting(), stored.getWaitingTime()));
        if (stored.getCurrency() != null) {
            state.priced(stored.getLastPriceMinor(), stored.getCurrency());
        }
        return state;
    }

    private static PartnerTable partners(ItemState stored) {
        return PartnerTable.read(
                stored.getPartners(), stored.getMass(), stored.getMassTime(), PartnerTable.Limits.INTERACTIONS);
    }

    private static PartnerTable levels(LevelState stored) {
        return stored == null
                ? new PartnerTable(PartnerTable.Limits.LEVELS)
                : PartnerTable.read(
                        stored.getCounts(), stored.getCustomers(), stored.getTime(), PartnerTable.Limits.LEVELS);
    }

    private static EngagementCounts responses(ResponseState stored) {
        return stored == null
                ? EngagementCounts.NONE
                : new EngagementCounts(
                        stored.getImpressions(),
                        stored.getClicks(),
                        stored.getConversions(),
                        expected(stored.getExpectedClicks(), stored.getClicks()),
                        stored.getTime());
    }

    /** Clicks of before they were expected count as expected: they say nothing beyond the rates. */
    static double expected(double stored, double clicks) {
        return stored < 0 ? clicks : stored;
    }

    private static Popularity popularity(ItemState state, PopularitySettings settings) {
        return new Popularity(
                settings, state.getPopularityShort(), state.getPopularityLong(), state.getPopularityTime());
    }

    /** Returns an item's co-purchase neighbours that version 0.2.0 stored. */
    public static NeighborCounts neighbors(ItemNeighbors stored, NeighborSettings settings) {
        List<PartnerCount> partners = new ArrayList<>(stored.getNeighbors().size());
        for (NeighborCount count : stored.getNeighbors()) {
            partners.add(new PartnerCount(
                    count.getItemId(), count.getWeight(), count.getOrders(), count.getSuggestedOrders()));
        }
        List<PartnerPairCount> triples = new ArrayList<>(stored.getTriples().size());
        for (TripleCount count : stored.getTriples()) {
            triples.add(new PartnerPairCount(
                    count.getFirst(), count.getSecond(), count.getOrders(), count.getSuggestedOrders()));
        }
        return new NeighborCounts(settings, stored.getTime(), partners, triples);
    }

    /** Returns what is published of an entity. */
    public static ItemModel model(PublishedEntity published) {
        List<dev.kombo.schema.Neighbor> neighbors =
                new ArrayList<>(published.neighbors().size());
        for (Neighbor neighbor : published.neighbors()) {
            neighbors.add(new dev.kombo.schema.Neighbor(neighbor.itemId(), neighbor.weight(), neighbor.orders()));
        }
        EntityState state = published.state();
        return new ItemModel(
                ByteBuffer.wrap(published.vector().values()),
                published.vector().scale(),
                published.generation(),
                state.partners().mass(),
                state.partners().time(),
                0f,
                state.popularity().shortTerm(),
                state.popularity().longTerm(),
                state.popularity().time(),
                state.interactions(),
                state.purchases(),
                state.currency() == null ? null : state.lastPriceMinor(),
                state.currency(),
                neighbors,
                published(state.engagement()),
                state.repurchases().purchases(),
                (float) state.repurchases().again(),
                (float) state.repurchases().waiting(),
                state.repurchases().time(),
                published(published.levels()),
                0L);
    }

    private static ItemLevels published(PartnerTable levels) {
        return levels.size() == 0 ? null : new ItemLevels(levels.write(), levels.mass());
    }

    private static BundleResponses published(EngagementCounts counts) {
        return counts.equals(EngagementCounts.NONE)
                ? null
                : new BundleResponses(
                        counts.impressions(),
                        counts.clicks(),
                        counts.conversions(),
                        counts.time(),
                        counts.expectedClicks());
    }
}
