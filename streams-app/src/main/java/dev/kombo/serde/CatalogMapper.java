package dev.kombo.serde;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.price.PriceHistory;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.BundleResponses;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.ItemLevels;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.SuggestedMember;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import java.util.ArrayList;
import java.util.List;

/** Maps items, bundles, suggested bundles and published models between Avro records and the domain. */
public final class CatalogMapper {
    public static final RecordCodec<Item, dev.kombo.schema.Item> ITEMS = RecordCodec.of(
            Item.class,
            dev.kombo.schema.Item.class,
            new RecordCodec.Exceptions()
                    .named("id", "itemId")
                    .unknown("priceMinor", Item.UNKNOWN)
                    .unknown("costMinor", Item.UNKNOWN)
                    .unknown("stock", Item.UNLIMITED)
                    .unknown("marginMinor", Item.UNKNOWN)
                    .unknown("suitability.minAge", 0)
                    .unknown("suitability.maxAge", Integer.MAX_VALUE));

    public static final RecordCodec<Bundle, dev.kombo.schema.Bundle> BUNDLES = RecordCodec.of(
            Bundle.class,
            dev.kombo.schema.Bundle.class,
            new RecordCodec.Exceptions()
                    .named("id", "bundleId")
                    .unknown("marginMinor", Item.UNKNOWN)
                    .unknown("stock", Item.UNLIMITED)
                    .unknown("validFrom", Long.MIN_VALUE)
                    .unknown("validUntil", Long.MAX_VALUE)
                    .unknown("limits.maxDiscountBasisPoints", PriceLimits.ANY_DISCOUNT)
                    .unknown("limits.minMarginMinor", Item.UNKNOWN)
                    .unknown("stoppedAt", Item.UNKNOWN)
                    .unknown("priceRule.priceTiers.priceMinor", Item.UNKNOWN)
                    .unknown("priceRule.priceTiers.discountMinor", Item.UNKNOWN)
                    .unknown("priceRule.priceTiers.discountBasisPoints", 0)
                    .unknown("priceRule.priceTiers.freeUnits", 0)
                    .unknown("slots.maxUnits", Item.UNLIMITED)
                    .kept(
                            "origin",
                            new RecordCodec.Conversion(
                                    origin -> BundleOrigin.valueOf(origin.toString()), CatalogMapper::origin)));

    public static final RecordCodec<Suggestion, BundleSuggestion> SUGGESTIONS = RecordCodec.of(
            Suggestion.class,
            BundleSuggestion.class,
            new RecordCodec.Exceptions()
                    .named("bundle.id", "bundleId")
                    .kept(
                            "bundle.members",
                            new RecordCodec.Conversion(
                                    ids -> ((List<?>) ids)
                                            .stream()
                                                    .map(id -> new SuggestedMember((String) id, 1))
                                                    .toList(),
                                    members -> itemIds(members))));

    public static final RecordCodec<PriceHistory, dev.kombo.schema.PriceHistory> PRICES = RecordCodec.of(
            PriceHistory.class,
            dev.kombo.schema.PriceHistory.class,
            new RecordCodec.Exceptions().unknown("priceMinor", Item.UNKNOWN));

    private CatalogMapper() {}

    private static Bundle.Origin origin(Object known) {
        return known == BundleOrigin.MINED ? Bundle.Origin.MINED : Bundle.Origin.CURATED;
    }

    public static EntityModel toDomain(String entity, ItemModel model) {
        List<Neighbor> neighbors = new ArrayList<>(model.getNeighbors().size());
        for (dev.kombo.schema.Neighbor neighbor : model.getNeighbors()) {
            neighbors.add(new Neighbor(neighbor.getItemId(), neighbor.getWeight(), neighbor.getOrders()));
        }
        return new EntityModel(
                entity,
                vector(model),
                model.getPopularityShort(),
                model.getPopularityLong(),
                model.getPopularityTime(),
                model.getInteractions(),
                model.getPurchases(),
                model.getLastPriceMinor() == null ? Item.UNKNOWN : model.getLastPriceMinor(),
                model.getCurrency(),
                neighbors,
                responses(model.getResponses()),
                model.getGeneration(),
                model.getMass(),
                model.getMassTime(),
                new RepurchaseCounts(
                        model.getWaits(), model.getBoughtAgain(), model.getWaiting(), model.getWaitingTime()),
                levels(model.getLevels()));
    }

    private static float[] vector(ItemModel model) {
        byte[] values = new byte[model.getVector().remaining()];
        model.getVector().duplicate().get(values);
        return new QuantizedVector(values, model.getVectorScale()).toFloats();
    }

    private static LevelCounts levels(ItemLevels levels) {
        return levels == null ? LevelCounts.NONE : PartnerTable.levels(levels.getCounts(), levels.getCustomers());
    }

    private static EngagementCounts responses(BundleResponses responses) {
        return responses == null
                ? EngagementCounts.NONE
                : new EngagementCounts(
                        responses.getImpressions(),
                        responses.getClicks(),
                        responses.getConversions(),
                        ItemMapper.expected(responses.getExpectedClicks(), responses.getClicks()),
                        responses.getTime());
    }

    private static List<String> itemIds(Object members) {
        return ((List<?>) members)
                .stream().map(member -> ((SuggestedMember) member).getItemId()).toList();
    }

    /** Returns the decision, or null if there is none or this version does not know it. */
    public static SuggestionIndex.Review decision(SuggestionDecision decision) {
        return decision == null || decision.getVerdict() == SuggestionVerdict.UNKNOWN
                ? null
                : SuggestionIndex.Review.valueOf(decision.getVerdict().name());
    }
}
