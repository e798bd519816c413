package dev.kombo.query.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.Topics;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.SuggestionVerdict;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * One of the two kinds of catalogue entries: items or bundles.
 *
 * @param <D> domain type
 * @param <A> Avro record
 */
abstract class CatalogKind<D, A extends SpecificRecord> {
    static final CatalogKind<Item, dev.kombo.schema.Item> ITEM = new Items();
    static final CatalogKind<dev.kombo.catalog.Bundle, Bundle> BUNDLE = new Bundles();

    final String name;
    final String idField;
    final Class<A> type;
    final CatalogTable table;

    private CatalogKind(String name, Class<A> type, CatalogTable table) {
        this.name = name;
        this.idField = name + "Id";
        this.type = type;
        this.table = table;
    }

    abstract String topic(Topics topics);

    /** Returns the entry in the index, or null. */
    abstract D indexed(CatalogIndex catalog, String id);

    abstract D toDomain(A record);

    abstract A toAvro(D value);

    /** Returns the tag of an entry, which differs if any field of its record does. */
    final String tag(D value) {
        return '"'
                + Long.toHexString(StableHash.of(AvroJson.write(toAvro(value)).toString()))
                + '"';
    }

    abstract String problem(CatalogRules rules, D value);

    /**
     * Fills in fields that were left out and can be derived.
     *
     * @param document the record to be, as far as it is known
     * @param given fields that were sent; for a whole record, such as a row, those that it changes
     * @param before the current entry, or null
     * @param times of the machine and of the shop
     */
    abstract void complete(ObjectNode document, Set<String> given, D before, CatalogIndex catalog, Times times);

    /** Called before an entry is removed. */
    void removing(String id, QuerySources sources, String client) {}

    /** Current times, epoch milliseconds. */
    record Times(long machine, long shop) {}

    private static final class Items extends CatalogKind<Item, dev.kombo.schema.Item> {
        Items() {
            super("item", dev.kombo.schema.Item.class, CatalogTable.ITEMS);
        }

        @Override
        String topic(Topics topics) {
            return topics.itemCatalog();
        }

        @Override
        Item indexed(CatalogIndex catalog, String id) {
            return catalog.item(id);
        }

        @Override
        Item toDomain(dev.kombo.schema.Item record) {
            return CatalogMapper.toDomain(record);
        }

        @Override
        dev.kombo.schema.Item toAvro(Item value) {
            return CatalogMapper.toAvro(value);
        }

        @Override
        String problem(CatalogRules rules, Item value) {
            return rules.problem(value);
        }

        @Override
        void complete(ObjectNode document, Set<String> given, Item before, CatalogIndex catalog, Times times) {
            boolean same = given.isEmpty() && document.has("updatedAt");
            if (!given.contains("updatedAt") && !same) {
                document.put("updatedAt", times.machine());
            }
        }
    }

    private static final class Bundles extends CatalogKind<dev.kombo.catalog.Bundle, Bundle> {
        Bundles() {
            super("bundle", Bundle.class, CatalogTable.BUNDLES);
        }

        @Override
        String topic(Topics topics) {
            return topics.bundleCatalog();
        }

        @Override
        dev.kombo.catalog.Bundle indexed(CatalogIndex catalog, String id) {
            BundleEntry entry = catalog.bundle(id);
            return entry == null ? null : entry.bundle();
        }

        @Override
        dev.kombo.catalog.Bundle toDomain(Bundle record) {
            return CatalogMapper.toDomain(record);
        }

        @Override
        Bundle toAvro(dev.kombo.catalog.Bundle value) {
            return CatalogMapper.toAvro(value);
        }

        /** Rejects the suggestion; otherwise mining would bring the bundle back. */
        @Override
        void removing(String id, QuerySources sources, String client) {
            if (id.startsWith(MinedBundle.ID_PREFIX)) {
                EndpointHelpers.await(SuggestionRoutes.decide(sources, id, SuggestionVerdict.REJECTED, client));
            }
        }

        @Override
        String problem(CatalogRules rules, dev.kombo.catalog.Bundle value) {
            return rules.problem(value);
        }

        @Override
        void complete(
                ObjectNode document,
                Set<String> given,
                dev.kombo.catalog.Bundle before,
                CatalogIndex catalog,
                Times times) {
            Sums sums = Sums.of(document.path("members"), catalog);
            if (!document.has("currency") && sums.currency() != null) {
                document.put("currency", sums.currency());
            }
            boolean oneCurrency = document.path("currency").asText().equals(sums.currency());
            boolean membersChanged = given.contains("members");
            if (!given.contains("listPriceMinor") && (membersChanged || !document.has("listPriceMinor"))) {
                document.put("listPriceMinor", oneCurrency ? sums.priceMinor() : 0);
            }
            boolean marginKept = !membersChanged && document.has("marginMinor");
            if (!given.contains("marginMinor") && (!marginKept || given.contains("priceMinor"))) {
                long price = document.path("priceMinor").asLong();
                if (marginKept && before != null && before.marginMinor() != Item.UNKNOWN) {
                    document.put("marginMinor", before.marginMinor() + price - before.priceMinor());
                } else if (oneCurrency && sums.costMinor() >= 0) {
                    document.put("marginMinor", price - sums.costMinor());
                } else {
                    document.putNull("marginMinor");
                }
            }
            if (!document.has("createdAt")) {
                document.put("createdAt", before == null ? times.shop() : before.createdAt());
            }
            if (before != null && before.stopped() && !given.contains("stoppedAt")) {
                document.put("stoppedAt", before.stoppedAt());
            }
            boolean changed = !Set.of("stoppedAt").containsAll(given);
            if (!document.has("origin") || (changed && !given.contains("origin"))) {
                // A bundle changed by a person no longer counts as mined, and mining leaves it alone.
                document.put("origin", "CURATED");
            }
        }
    }

    /**
     * Sums of the members' prices and costs; negative if unknown for any member.
     *
     * @param currency of all prices, or null
     */
    private record Sums(long priceMinor, long costMinor, String currency) {
        static Sums of(JsonNode members, CatalogIndex catalog) {
            long price = 0;
            long cost = 0;
            String currency = null;
            for (JsonNode member : members) {
                Item item = catalog.item(member.path("itemId").asText());
                long units = member.path("quantity").asLong(1);
                if (item == null || !item.priced() || (currency != null && !currency.equals(item.currency()))) {
                    return new Sums(Item.UNKNOWN, Item.UNKNOWN, null);
                }
                currency = item.currency();
                price += units * item.priceMinor();
                cost = cost < 0 || item.costMinor() < 0 ? Item.UNKNOWN : cost + units * item.costMinor();
            }
            return new Sums(price, cost, currency);
        }
    }
}
