package dev.kombo.serde;

import dev.kombo.catalog.Cooccurrences;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.PopularitySettings;
import dev.kombo.catalog.ResponseSettings;
import dev.kombo.catalog.Responses;
import dev.kombo.engine.FirstFactors;
import dev.kombo.engine.TargetState;
import dev.kombo.engine.TargetUpdate;
import dev.kombo.learning.CooccurrenceCounts;
import dev.kombo.learning.CooccurrenceSettings;
import dev.kombo.learning.ItemFactors;
import dev.kombo.learning.NeighborCounts;
import dev.kombo.learning.NeighborSettings;
import dev.kombo.learning.PartnerCount;
import dev.kombo.learning.PartnerPairCount;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.ResponseCounts;
import dev.kombo.schema.BundleResponses;
import dev.kombo.schema.ItemCooccurrences;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.NeighborCount;
import dev.kombo.schema.ResponseState;
import dev.kombo.schema.TripleCount;
import java.util.ArrayList;
import java.util.List;

/** What the item task keeps and publishes of a target: store to domain and back. */
public final class ItemMapper {
    private ItemMapper() {}

    /** An update on its way to the item task. */
    public static ItemUpdate toAvro(TargetUpdate update) {
        ItemUpdate.Builder avro = ItemUpdate.newBuilder().setEventTime(update.time());
        if (update.gradient() != null) {
            avro.setGradient(Floats.toBuffer(update.gradient())).setBiasGradient(update.biasGradient());
        }
        TargetUpdate.Touch touch = update.touch();
        if (touch != null) {
            avro.setPopularityWeight(touch.weight())
                    .setInteractions(1)
                    .setCompanions(Packed.toBuffer(touch.companions(), touch.companionWeights()));
            if (touch.currency() != null) {
                avro.setUnitPriceMinor(touch.unitPriceMinor()).setCurrency(touch.currency());
            }
        }
        if (update.order() != null) {
            avro.setPurchases(1)
                    .setPartners(update.order().partners())
                    .setOfferedPartners(update.order().offeredPartners());
        }
        TargetUpdate.Response response = update.response();
        if (response != null) {
            avro.setImpressions(response.impressions())
                    .setClicks(response.clicks())
                    .setConversions(response.conversions());
        }
        return avro.build();
    }

    /** An update as the item task gets it. */
    public static TargetUpdate toDomain(ItemUpdate update) {
        TargetUpdate.Touch touch = update.getInteractions() == 0
                ? null
                : new TargetUpdate.Touch(
                        update.getPopularityWeight(),
                        update.getUnitPriceMinor() == null ? Item.UNKNOWN : update.getUnitPriceMinor(),
                        update.getCurrency(),
                        Packed.targets(update.getCompanions()),
                        Packed.weights(update.getCompanions()));
        TargetUpdate.Order order = update.getPurchases() == 0
                ? null
                : new TargetUpdate.Order(update.getPartners(), update.getOfferedPartners());
        float[] gradient = update.getGradient() == null ? null : Floats.fromBuffer(update.getGradient());
        return new TargetUpdate(
                update.getEventTime(), gradient, update.getBiasGradient(), touch, order, response(update));
    }

    private static TargetUpdate.Response response(ItemUpdate update) {
        return update.getImpressions() == 0 && update.getClicks() == 0 && update.getConversions() == 0
                ? null
                : new TargetUpdate.Response(update.getImpressions(), update.getClicks(), update.getConversions());
    }

    /** What is stored of a target; of the given factors anew where it is null or its factors have another length. */
    public static TargetState target(
            String target,
            ItemState stored,
            FirstFactors factors,
            PopularitySettings popularity,
            ResponseSettings responses) {
        if (stored == null) {
            return TargetState.unknown(target, factors, popularity, responses);
        }
        boolean usable = Floats.length(stored.getVector()) == factors.size();
        return new TargetState(
                usable ? factors(stored) : ItemFactors.initial(factors.ofTarget(target)),
                popularity(stored, popularity),
                new ResponseCounts(responses, responses(stored.getResponses())),
                stored.getInteractions(),
                stored.getPurchases(),
                stored.getLastPriceMinor() == null ? Item.UNKNOWN : stored.getLastPriceMinor(),
                stored.getCurrency());
    }

    /** A target as stored. */
    public static ItemState toAvro(TargetState state, long version) {
        ItemFactors factors = state.factors();
        Popularity popularity = state.popularity();
        return ItemState.newBuilder()
                .setVector(Floats.toBuffer(factors.vector()))
                .setSquaredGradients(Floats.toBuffer(factors.squaredGradients()))
                .setBias(factors.bias())
                .setBiasSquaredGradient(factors.biasSquaredGradient())
                .setMoved(factors.moved())
                .setPopularityShort(popularity.shortTerm())
                .setPopularityLong(popularity.longTerm())
                .setPopularityTime(popularity.time())
                .setInteractions(state.interactions())
                .setPurchases(state.purchases())
                .setLastPriceMinor(state.currency() == null ? null : state.lastPriceMinor())
                .setCurrency(state.currency())
                .setResponses(responses(state.responses().counts()))
                .setVersion(version)
                .build();
    }

    private static Responses responses(ResponseState stored) {
        return stored == null
                ? Responses.NONE
                : new Responses(stored.getImpressions(), stored.getClicks(), stored.getConversions(), stored.getTime());
    }

    /** Null for what was never offered, as most targets are: they are items. */
    private static ResponseState responses(Responses counts) {
        return counts.equals(Responses.NONE)
                ? null
                : new ResponseState(counts.impressions(), counts.clicks(), counts.conversions(), counts.time());
    }

    /** Time of the latest touch of a target, or answer to an offer of it: epoch milliseconds; 0 before any. */
    public static long latest(ItemState state) {
        ResponseState responses = state.getResponses();
        return responses == null ? state.getPopularityTime() : Math.max(state.getPopularityTime(), responses.getTime());
    }

    /** What a target was touched together with; nothing where nothing is stored. */
    public static CooccurrenceCounts cooccurrences(ItemCooccurrences stored, CooccurrenceSettings settings) {
        return stored == null
                ? new CooccurrenceCounts(settings)
                : CooccurrenceCounts.read(stored.getCounts().duplicate(), settings);
    }

    /** The same as stored. */
    public static ItemCooccurrences toAvro(CooccurrenceCounts counts) {
        return new ItemCooccurrences(counts.write());
    }

    /** A target's factors. */
    private static ItemFactors factors(ItemState state) {
        return new ItemFactors(
                Floats.fromBuffer(state.getVector()),
                Floats.fromBuffer(state.getSquaredGradients()),
                state.getBias(),
                state.getBiasSquaredGradient(),
                state.getMoved());
    }

    /** A target's decayed popularity. */
    private static Popularity popularity(ItemState state, PopularitySettings settings) {
        return new Popularity(
                settings, state.getPopularityShort(), state.getPopularityLong(), state.getPopularityTime());
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
    public static ItemModel model(ItemState state, List<Neighbor> strongest, Cooccurrences cooccurrences) {
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
                Packed.toBuffer(cooccurrences.targets(), cooccurrences.weights()),
                cooccurrences.mass(),
                published(state.getResponses()),
                state.getVersion());
    }

    private static BundleResponses published(ResponseState stored) {
        return stored == null
                ? null
                : new BundleResponses(
                        stored.getImpressions(), stored.getClicks(), stored.getConversions(), stored.getTime());
    }
}
