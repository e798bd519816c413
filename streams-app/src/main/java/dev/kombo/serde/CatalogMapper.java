package dev.kombo.serde;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.Responses;
import dev.kombo.catalog.TargetModel;
import dev.kombo.learning.QuantizedVector;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.BundleResponses;
import dev.kombo.schema.ItemModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Items, bundles and published models: contract to domain and back. */
public final class CatalogMapper {
    private CatalogMapper() {}

    /** An item in domain terms. */
    public static Item toDomain(dev.kombo.schema.Item item) {
        return new Item(
                item.getItemId(),
                item.getTitle(),
                item.getCategory(),
                orElse(item.getPriceMinor(), Item.UNKNOWN),
                item.getCurrency(),
                orElse(item.getCostMinor(), Item.UNKNOWN),
                orElse(item.getStock(), Item.UNLIMITED));
    }

    /** A bundle in domain terms. */
    public static Bundle toDomain(dev.kombo.schema.Bundle bundle) {
        List<BundleMember> members = new ArrayList<>(bundle.getMembers().size());
        for (dev.kombo.schema.BundleMember member : bundle.getMembers()) {
            members.add(new BundleMember(member.getItemId(), member.getQuantity()));
        }
        return new Bundle(
                bundle.getBundleId(),
                bundle.getTitle(),
                members,
                bundle.getPriceMinor(),
                bundle.getListPriceMinor(),
                bundle.getCurrency(),
                orElse(bundle.getMarginMinor(), Item.UNKNOWN),
                orElse(bundle.getStock(), Item.UNLIMITED),
                orElse(bundle.getValidFrom(), Long.MIN_VALUE),
                orElse(bundle.getValidUntil(), Long.MAX_VALUE),
                Set.copyOf(bundle.getSegments()),
                bundle.getOrigin() == BundleOrigin.MINED ? Bundle.Origin.MINED : Bundle.Origin.CURATED,
                bundle.getCreatedAt());
    }

    /** A published model in domain terms. */
    public static TargetModel toDomain(String target, ItemModel model) {
        List<Neighbor> neighbors = new ArrayList<>(model.getNeighbors().size());
        for (dev.kombo.schema.Neighbor neighbor : model.getNeighbors()) {
            neighbors.add(new Neighbor(neighbor.getItemId(), neighbor.getWeight(), neighbor.getOrders()));
        }
        return new TargetModel(
                target,
                vector(model),
                0f,
                model.getPopularityShort(),
                model.getPopularityLong(),
                model.getPopularityTime(),
                model.getInteractions(),
                model.getPurchases(),
                orElse(model.getLastPriceMinor(), Item.UNKNOWN),
                model.getCurrency(),
                neighbors,
                responses(model.getResponses()),
                model.getInteractions(),
                model.getGeneration(),
                model.getMass(),
                model.getMassTime());
    }

    private static float[] vector(ItemModel model) {
        byte[] values = new byte[model.getVector().remaining()];
        model.getVector().duplicate().get(values);
        return new QuantizedVector(values, model.getVectorScale()).toFloats();
    }

    private static Responses responses(BundleResponses responses) {
        return responses == null
                ? Responses.NONE
                : new Responses(
                        responses.getImpressions(),
                        responses.getClicks(),
                        responses.getConversions(),
                        responses.getTime());
    }

    private static long orElse(Long value, long otherwise) {
        return value == null ? otherwise : value;
    }
}
