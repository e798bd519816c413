package dev.kombo.serde;

import dev.kombo.catalog.Neighbor;
import dev.kombo.learning.ItemFactors;
import dev.kombo.learning.NeighborCounts;
import dev.kombo.learning.NeighborSettings;
import dev.kombo.learning.PartnerCount;
import dev.kombo.learning.PartnerPairCount;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.PopularitySettings;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.NeighborCount;
import dev.kombo.schema.TripleCount;
import java.util.ArrayList;
import java.util.List;

/** What the item task keeps and publishes of a target: store to domain and back. */
public final class ItemMapper {
    private ItemMapper() {}

    /** A target's factors. */
    public static ItemFactors factors(ItemState state) {
        return new ItemFactors(
                Floats.fromBuffer(state.getVector()),
                Floats.fromBuffer(state.getSquaredGradients()),
                state.getBias(),
                state.getBiasSquaredGradient(),
                state.getMoved());
    }

    /** A target's decayed popularity. */
    public static Popularity popularity(ItemState state, PopularitySettings settings) {
        return new Popularity(
                settings, state.getPopularityShort(), state.getPopularityLong(), state.getPopularityTime());
    }

    /** Writes factors and popularity into a target's stored state. */
    public static void update(ItemState state, ItemFactors factors, Popularity popularity) {
        state.setVector(Floats.toBuffer(factors.vector()));
        state.setSquaredGradients(Floats.toBuffer(factors.squaredGradients()));
        state.setBias(factors.bias());
        state.setBiasSquaredGradient(factors.biasSquaredGradient());
        state.setMoved(factors.moved());
        state.setPopularityShort(popularity.shortTerm());
        state.setPopularityLong(popularity.longTerm());
        state.setPopularityTime(popularity.time());
    }

    /** A target's partners; none where nothing is stored. */
    public static NeighborCounts neighbors(String itemId, ItemNeighbors stored, NeighborSettings settings) {
        if (stored == null) {
            return new NeighborCounts(itemId, settings);
        }
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
        return new NeighborCounts(itemId, settings, stored.getTime(), partners, triples);
    }

    /** A target's partners as stored. */
    public static ItemNeighbors toAvro(NeighborCounts counts) {
        List<NeighborCount> partners = new ArrayList<>(counts.partners().size());
        for (PartnerCount partner : counts.partners()) {
            partners.add(
                    new NeighborCount(partner.itemId(), partner.weight(), partner.orders(), partner.suggestedOrders()));
        }
        List<TripleCount> triples = new ArrayList<>(counts.triples().size());
        for (PartnerPairCount triple : counts.triples()) {
            triples.add(new TripleCount(triple.first(), triple.second(), triple.orders(), triple.suggestedOrders()));
        }
        return new ItemNeighbors(counts.time(), partners, triples);
    }

    /** What is published of a target. */
    public static ItemModel model(ItemState state, List<Neighbor> strongest) {
        List<dev.kombo.schema.Neighbor> neighbors = new ArrayList<>(strongest.size());
        for (Neighbor neighbor : strongest) {
            neighbors.add(new dev.kombo.schema.Neighbor(neighbor.itemId(), neighbor.weight(), neighbor.orders()));
        }
        return new ItemModel(
                state.getVector(),
                state.getBias(),
                state.getPopularityShort(),
                state.getPopularityLong(),
                state.getPopularityTime(),
                state.getInteractions(),
                state.getPurchases(),
                state.getLastPriceMinor(),
                state.getCurrency(),
                neighbors,
                state.getVersion());
    }
}
