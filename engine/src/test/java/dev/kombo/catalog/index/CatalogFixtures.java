package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.price.PriceRule;
import dev.kombo.slot.BundleSlot;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Items, bundles and models for tests, built from the few fields that a test is about. */
public final class CatalogFixtures {
    /** The time of the tests. */
    public static final long NOW = 1_700_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper();

    private CatalogFixtures() {}

    /** The whole content of an index, including derived values, regardless of the order of arrival and of ordinals. */
    public static Set<JsonNode> contents(WritableCatalogIndex index) {
        index.refresh();
        Set<JsonNode> contents = new HashSet<>();
        for (int i = 0; i < index.itemCount(); i++) {
            add(contents, index.itemAt(i).item(), index.itemAt(i).model());
        }
        for (int b = 0; b < index.bundleCount(); b++) {
            add(contents, index.model(index.bundleHash(b)));
            BundleEntry entry = index.bundle(b);
            if (entry != null) {
                add(contents, entry.bundle(), entry.logPopularityShort(), entry.logPopularityLong());
                add(contents, entry.bundle().id(), entry.terms().sellable(), entry.listPriceMinor());
                add(contents, entry.bundle().id(), entry.priced(), entry.terms().oneCurrency());
                add(contents, entry.bundle().id(), entry.slots(), entry.fill().unfilled());
            }
        }
        add(contents, index.model(Entity.ALL));
        return contents;
    }

    private static void add(Set<JsonNode> contents, Object... content) {
        if (Arrays.stream(content).anyMatch(Objects::nonNull)) {
            contents.add(JSON.valueToTree(content));
        }
    }

    /** An item of category tea in GBP that does not run out. */
    public static Item item(String id, long priceMinor) {
        return item(id, "tea", priceMinor, "GBP", Item.UNLIMITED);
    }

    /** An item. */
    public static Item item(String id, String category, long priceMinor, String currency, long stock) {
        return new Item(id, "Title of " + id, category, priceMinor, currency, Item.UNKNOWN, stock);
    }

    /** A bundle in GBP for everyone, always valid, one unit of each item. */
    public static Bundle bundle(String id, long priceMinor, String... itemIds) {
        List<BundleMember> members = new ArrayList<>();
        for (String itemId : itemIds) {
            members.add(new BundleMember(itemId, 1));
        }
        return bundle(id, priceMinor, members);
    }

    /** A bundle in GBP for everyone, always valid. */
    public static Bundle bundle(String id, long priceMinor, List<BundleMember> members) {
        return new Bundle(id, "Title of " + id, members, priceMinor, Item.UNKNOWN, "GBP", Bundle.Origin.CURATED, NOW);
    }

    /** The same bundle, mined. */
    public static Bundle mined(Bundle bundle) {
        return new Bundle(
                bundle.id(),
                bundle.title(),
                bundle.members(),
                bundle.priceMinor(),
                bundle.listPriceMinor(),
                bundle.currency(),
                Bundle.Origin.MINED,
                bundle.createdAt());
    }

    /** The same bundle with other components, by name. */
    public static Bundle with(Bundle bundle, Map<String, ?> others) {
        RecordComponent[] components = Bundle.class.getRecordComponents();
        assertThat(components).extracting(RecordComponent::getName).containsAll(others.keySet());
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object other = others.get(components[i].getName());
                values[i] = other == null ? components[i].getAccessor().invoke(bundle) : other;
            }
            return Bundle.class.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a bundle with " + others, e);
        }
    }

    /** The same bundle with a price that follows from its members'. */
    public static Bundle ruled(Bundle bundle, PriceLimits limits, PriceRule.Tier... tiers) {
        return with(bundle, Map.of("limits", limits, "priceRule", new PriceRule(List.of(tiers))));
    }

    /** The same bundle, sold otherwise beside what the shopper has, and beside other discounts. */
    public static Bundle sold(Bundle bundle, boolean completable, String... combinesWith) {
        return with(bundle, Map.of("sale", new Bundle.SaleTerms(completable, Set.of(combinesWith))));
    }

    /** The same bundle with slots. */
    public static Bundle slotted(Bundle bundle, BundleSlot... slots) {
        return with(bundle, Map.of("slots", List.of(slots)));
    }

    /** A slot for so many of these items, or of all, each once. */
    public static BundleSlot slot(String name, int units, String... items) {
        return new BundleSlot(name, List.of(items), null, null, null, units, units, false);
    }

    /** A slot of one item of a category. */
    public static BundleSlot slotOf(String name, String category) {
        return new BundleSlot(name, List.of(), category, null, null, 1, Item.UNLIMITED, false);
    }

    /** The same slot, which one item may fill alone. */
    public static BundleSlot repeating(BundleSlot slot) {
        return new BundleSlot(
                slot.name(),
                slot.items(),
                slot.category(),
                slot.attribute(),
                slot.value(),
                slot.units(),
                slot.maxUnits(),
                true);
    }

    /** The same bundle with a margin that its record states. */
    public static Bundle earning(Bundle bundle, long marginMinor) {
        return bundle.priced(bundle.priceMinor(), bundle.listPriceMinor(), marginMinor);
    }

    /** A tier for any number of units and any amount, of which the rest is to be stated. */
    public static PriceRule.Tier percentOff(int basisPoints) {
        return new PriceRule.Tier(0, 0, Item.UNKNOWN, Item.UNKNOWN, basisPoints, 0, null);
    }

    /** So many units for a price. */
    public static PriceRule.Tier unitsFor(int units, long priceMinor) {
        return new PriceRule.Tier(units, 0, priceMinor, Item.UNKNOWN, 0, 0, null);
    }

    /** An amount off. */
    public static PriceRule.Tier amountOff(long minor) {
        return new PriceRule.Tier(0, 0, Item.UNKNOWN, minor, 0, 0, null);
    }

    /** So many of so many units are free. */
    public static PriceRule.Tier freeOf(int free, int units) {
        return new PriceRule.Tier(units, 0, Item.UNKNOWN, Item.UNKNOWN, 0, free, null);
    }

    /** A member that is free. */
    public static PriceRule.Tier gift(String itemId) {
        return new PriceRule.Tier(0, 0, Item.UNKNOWN, Item.UNKNOWN, 0, 0, itemId);
    }

    /** The same bundle with other terms. */
    public static Bundle terms(Bundle bundle, long stock, long validFrom, long validUntil, Set<String> segments) {
        return with(
                bundle, Map.of("stock", stock, "validFrom", validFrom, "validUntil", validUntil, "segments", segments));
    }

    /** A model with one popularity at both time scales and as many interactions and purchases. */
    public static EntityModel model(String entity, double popularity, float... vector) {
        return model(entity, popularity, NOW, List.of(), vector);
    }

    /** A model with a popularity at a time, and neighbours. */
    public static EntityModel model(
            String entity, double popularity, long time, List<Neighbor> neighbors, float... vector) {
        return new EntityModel(
                entity,
                vector,
                popularity,
                popularity,
                time,
                (long) popularity,
                (long) popularity,
                Item.UNKNOWN,
                null,
                neighbors,
                EngagementCounts.NONE,
                0,
                popularity,
                time,
                RepurchaseCounts.NONE,
                LevelCounts.NONE);
    }

    /** A model of which only the repurchases are known. */
    public static EntityModel repurchased(String entity, RepurchaseCounts counts) {
        return counted(entity, counts, LevelCounts.NONE);
    }

    /** A model of which only repurchases and the levels of customers are known. */
    public static EntityModel counted(String entity, RepurchaseCounts repurchases, LevelCounts levels) {
        return new EntityModel(
                entity,
                new float[0],
                0,
                0,
                0,
                0,
                0,
                Item.UNKNOWN,
                null,
                List.of(),
                EngagementCounts.NONE,
                0,
                0,
                0,
                repurchases,
                levels);
    }

    /** A basis in which vectors stay as they were published. */
    public static float[][] identity(int factors) {
        float[][] identity = new float[factors][factors];
        for (int k = 0; k < factors; k++) {
            identity[k][k] = 1;
        }
        return identity;
    }

    /** A model with only a vector of a generation, and a mass. */
    public static EntityModel factors(String entity, int generation, double mass, float... vector) {
        return new EntityModel(
                entity,
                vector,
                mass,
                mass,
                NOW,
                1,
                0,
                Item.UNKNOWN,
                null,
                List.of(),
                EngagementCounts.NONE,
                generation,
                mass,
                NOW,
                RepurchaseCounts.NONE,
                LevelCounts.NONE);
    }

    /** A model of a bundle with engagement only, whose clicks were expected. */
    public static EntityModel answered(
            String bundleId, double impressions, double clicks, double conversions, long time) {
        return answered(bundleId, impressions, clicks, conversions, clicks, time);
    }

    /** A model of a bundle with engagement only. */
    public static EntityModel answered(
            String bundleId, double impressions, double clicks, double conversions, double expected, long time) {
        return new EntityModel(
                Entity.ofBundle(bundleId),
                new float[0],
                0,
                0,
                0,
                0,
                0,
                Item.UNKNOWN,
                null,
                List.of(),
                new EngagementCounts(impressions, clicks, conversions, expected, time),
                0,
                0,
                0,
                RepurchaseCounts.NONE,
                LevelCounts.NONE);
    }
}
