package dev.kombo.query.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.Bundle.SaleTerms;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.catalog.SlotChecks;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.SlotRange;
import dev.kombo.config.Topic;
import dev.kombo.entity.Item;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.math.StableHash;
import dev.kombo.price.BundleDraft;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.SuggestionVerdict;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.RejectedRowException;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What differs between items and bundles when the catalogue is changed: names, mapping, derived fields and validation.
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
    final Topic topic;

    /** The entry of an id in the index, or null. */
    final BiFunction<CatalogIndex, String, D> indexed;

    final Function<A, D> toDomain;
    final Function<D, A> toAvro;

    private CatalogKind(
            String name,
            Class<A> type,
            Topic topic,
            BiFunction<CatalogIndex, String, D> indexed,
            Function<A, D> toDomain,
            Function<D, A> toAvro) {
        this.name = name;
        this.idField = name + "Id";
        this.type = type;
        this.topic = topic;
        this.indexed = indexed;
        this.toDomain = toDomain;
        this.toAvro = toAvro;
    }

    /** Returns the tag of an entry, which differs if any field of its record does. */
    final String tag(D value) {
        return '"'
                + Long.toHexString(
                        StableHash.of(AvroJson.write(toAvro.apply(value)).toString()))
                + '"';
    }

    /**
     * Replaces texts, such as 3 for 20.00, by what they mean.
     *
     * @throws RejectedRowException if a text does not fit its field
     */
    void readTexts(ObjectNode sent, D before) {}

    /**
     * Prepares a document for reading: fields without a default that {@link #validate} sets must be there.
     *
     * @param document the entry to be
     * @param sent what of it was sent
     */
    void prepare(ObjectNode document, ObjectNode sent) {}

    /**
     * Fills in fields that were left out and can be derived, and validates the record as the stream does.
     *
     * @param record the record to be; fields that were left out have a default, or, if derived, are empty
     */
    abstract Validated<D> validate(A record, Change<D> change, CatalogRules rules, CatalogIndex catalog, Times times);

    /**
     * A completed record.
     *
     * @param problem why it is refused; null: it is not
     * @param doubt why it looks like a mistake that needs a confirmation; null: it does not
     */
    record Validated<D>(
            D value, @Nullable Problem problem, @Nullable String doubt) {}

    /**
     * What a record changes.
     *
     * @param known fields that were sent, or were there before the change
     * @param given fields that were sent; for a whole record, such as a row, those that it changes
     * @param before the current entry, or null
     */
    record Change<D>(Set<String> known, Set<String> given, D before) {}

    /** Called before an entry is removed. */
    void removing(String id, QuerySources sources, String client) {}

    /** Current times, epoch milliseconds. */
    record Times(long machine, long shop) {}

    private static final class Items extends CatalogKind<Item, dev.kombo.schema.Item> {
        Items() {
            super(
                    "item",
                    dev.kombo.schema.Item.class,
                    Topic.ITEM_CATALOG,
                    CatalogIndex::item,
                    CatalogMapper.ITEMS::toDomain,
                    CatalogMapper.ITEMS::toAvro);
        }

        @Override
        Validated<Item> validate(
                dev.kombo.schema.Item record,
                Change<Item> change,
                CatalogRules rules,
                CatalogIndex catalog,
                Times times) {
            boolean same = change.given().isEmpty() && change.known().contains("updatedAt");
            if (!change.given().contains("updatedAt") && !same) {
                record.setUpdatedAt(times.machine());
            }
            Item value = toDomain.apply(record);
            return new Validated<>(value, rules.problem(value), null);
        }
    }

    private static final class Bundles extends CatalogKind<dev.kombo.catalog.Bundle, Bundle> {
        Bundles() {
            super(
                    "bundle",
                    Bundle.class,
                    Topic.BUNDLE_CATALOG,
                    Bundles::catalogued,
                    CatalogMapper.BUNDLES::toDomain,
                    CatalogMapper.BUNDLES::toAvro);
        }

        private static dev.kombo.catalog.Bundle catalogued(CatalogIndex catalog, String id) {
            BundleEntry entry = catalog.bundle(id);
            return entry == null ? null : entry.catalogued();
        }

        /** Rejects the suggestion; otherwise mining would bring the bundle back. */
        @Override
        void removing(String id, QuerySources sources, String client) {
            if (id.startsWith(MinedBundle.ID_PREFIX)) {
                EndpointHelpers.await(SuggestionRoutes.decide(sources, id, SuggestionVerdict.REJECTED, client));
            }
        }

        /** What decides whether the price of a rule is allowed. */
        private static final Set<String> OF_RULES = Set.of(
                "members", "slots", "priceTiers", "priceMinor", "currency", "minMarginMinor", "maxDiscountBasisPoints");

        /** What decides whether a price looks like a mistake. */
        private static final Set<String> OF_PRICES = Set.of("priceMinor", "members", "slots", "priceTiers");

        @Override
        Validated<dev.kombo.catalog.Bundle> validate(
                Bundle record,
                Change<dev.kombo.catalog.Bundle> change,
                CatalogRules rules,
                CatalogIndex catalog,
                Times times) {
            dev.kombo.catalog.Bundle stated = toDomain.apply(record);
            Problem problem = SlotChecks.problem(stated, rules);
            if (problem == null) {
                // Of the record, since a set hides what is repeated.
                problem = CatalogRules.size("combinesWith", record.getCombinesWith(), SaleTerms.MOST_COMBINED);
            }
            if (problem != null) {
                return new Validated<>(stated, problem, null);
            }
            SlotRange range = new SlotRange(stated, catalog);
            complete(record, change, draft(range.cheapest(), catalog), times);
            dev.kombo.catalog.Bundle value = toDomain.apply(record);
            problem = rules.problem(value, change.before());
            if (problem != null) {
                return new Validated<>(value, problem, null);
            }
            range = range.of(value);
            boolean priceChecked =
                    value.priceMinor() == Item.UNKNOWN || !Collections.disjoint(change.given(), OF_RULES);
            problem = priceChecked ? range.problem() : null;
            boolean doubtful = problem == null && !Collections.disjoint(change.given(), OF_PRICES);
            return new Validated<>(value, problem, doubtful ? doubt(range, catalog) : null);
        }

        @Override
        void readTexts(ObjectNode sent, dev.kombo.catalog.@Nullable Bundle before) {
            CatalogTable.BUNDLES.readTexts(
                    sent, sent.path("currency").asText(before == null ? null : before.currency()));
        }

        @Override
        void prepare(ObjectNode document, ObjectNode sent) {
            document.putIfAbsent("currency", document.textNode(""));
            if (!document.path("slots").isEmpty()) {
                document.putIfAbsent("members", document.arrayNode());
            }
            if (sent.has("priceMinor") && !sent.has("priceTiers")) {
                // A price that a person sets is fixed from then on, as that of a mined bundle is.
                document.remove("priceTiers");
            }
            if (!document.path("priceTiers").isEmpty()) {
                document.putIfAbsent("priceMinor", document.numberNode(Item.UNKNOWN));
            }
        }

        /** The dearest items show a price that is too low, the cheapest one that is too high. */
        private static @Nullable String doubt(SlotRange range, CatalogIndex catalog) {
            return Stream.of(range.dearest(), range.cheapest())
                    .map(filled -> {
                        BundleDraft draft = draft(filled, catalog);
                        return draft.doubt(draft.priceMinor(filled.currency(), filled.priceMinor()), filled.currency());
                    })
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        private static BundleDraft draft(dev.kombo.catalog.Bundle bundle, CatalogIndex catalog) {
            return BundleDraft.of(bundle.members(), bundle.priceRule(), catalog::item);
        }

        /** @param draft of the cheapest items that may fill its slots */
        private static void complete(
                Bundle record, Change<dev.kombo.catalog.Bundle> change, BundleDraft draft, Times times) {
            dev.kombo.catalog.Bundle before = change.before();
            if (!change.known().contains("createdAt")) {
                record.setCreatedAt(before == null ? times.shop() : before.createdAt());
            }
            if (before != null && before.stopped() && !change.given().contains("stoppedAt")) {
                record.setStoppedAt(before.stoppedAt());
            }
            if (!Set.of("stoppedAt").containsAll(change.given())
                    && !change.given().contains("origin")) {
                // A bundle changed by a person no longer counts as mined, and mining leaves it alone.
                record.setOrigin(BundleOrigin.CURATED);
            }
            price(record, change, draft);
        }

        private static void price(Bundle record, Change<dev.kombo.catalog.Bundle> change, BundleDraft draft) {
            if (!change.known().contains("currency") && draft.currency() != null) {
                record.setCurrency(draft.currency());
            }
            long ruled = draft.rulePriceMinor(record.getCurrency());
            if (ruled != Item.UNKNOWN) {
                record.setPriceMinor(ruled);
            }
            boolean membersChanged =
                    change.given().contains("members") || change.given().contains("slots");
            if (!change.given().contains("listPriceMinor")
                    && (membersChanged || !change.known().contains("listPriceMinor"))) {
                record.setListPriceMinor(Math.max(0, draft.listPriceMinor(record.getCurrency())));
            }
            boolean marginKept = !membersChanged && change.known().contains("marginMinor");
            if (!change.given().contains("marginMinor")
                    && (!marginKept || ruled != Item.UNKNOWN || change.given().contains("priceMinor"))) {
                dev.kombo.catalog.Bundle before = change.before();
                long derived = draft.marginMinor(record.getPriceMinor(), record.getCurrency());
                long margin = marginKept && before != null && before.marginMinor() != Item.UNKNOWN
                        ? before.marginMinor() + record.getPriceMinor() - before.priceMinor()
                        : derived;
                // Beside a rule or slots, a margin in the record states a cost; that of the items is derived whenever
                // they change.
                boolean follows = (ruled != Item.UNKNOWN || !record.getSlots().isEmpty()) && margin == derived;
                record.setMarginMinor(margin == Item.UNKNOWN || follows ? null : margin);
            }
        }
    }
}
