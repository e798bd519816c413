package dev.kombo.shop.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.price.BundleDraft;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes bundles from the rows of a shop's file: a row per bundle, as in files of the catalogue, or a row per member.
 * {@link CatalogTable} reads each row and makes the bundle. The members of all rows count; of slots, tiers of prices
 * and other lists those of the last row that states any; of other columns the first value.
 */
final class BundleRows {
    private static final CatalogTable<Bundle> TABLE = CatalogTable.BUNDLES;
    private static final String MEMBERS = "members";
    private static final String CURRENCY = "currency";
    private static final String PRICE = "priceMinor";
    private static final String LIST_PRICE = "listPriceMinor";

    private final ColumnMapping columns;
    private final Map<String, Item> items;
    private final String currency;
    private final long time = System.currentTimeMillis();
    private final Map<String, ObjectNode> bundles = new LinkedHashMap<>();
    private final Set<String> unusable = new HashSet<>();

    /**
     * @param items by id; a member is one of them
     * @param currency of a bundle that neither a row nor its members give one
     */
    BundleRows(ColumnMapping columns, Map<String, Item> items, String currency) {
        this.columns = columns;
        this.items = items;
        this.currency = currency;
    }

    /** Adds what a row states of its bundle. */
    void add(Row row) {
        String id = row.key(columns.column("bundleId"));
        try {
            add(
                    bundles.computeIfAbsent(
                            id, none -> JsonNodeFactory.instance.objectNode().put("bundleId", id)),
                    columns.cells(row));
        } catch (RejectedRowException e) {
            unusable.add(id);
            throw e;
        }
    }

    private void add(ObjectNode bundle, Map<String, String> cells) {
        String list = cells.remove(MEMBERS);
        ArrayNode members = TABLE.document(list == null ? Map.of() : Map.of(MEMBERS, list), null)
                .withArray(MEMBERS);
        String item = cells.remove("itemId");
        String units = cells.remove("quantity");
        String named = cells.remove(CURRENCY);
        String first = item == null ? members.path(0).path("itemId").asText() : item;
        setCurrency(bundle, named == null ? currencyOf(bundle, items.get(first)) : named);
        ObjectNode row = TABLE.document(cells, bundle.path(CURRENCY).textValue(), columns.numbers());
        if (item != null) {
            members.addObject().put("itemId", item).put("quantity", units(units));
        }
        // A slot needs no member besides.
        if (members.isEmpty()
                && row.path("slots").isEmpty()
                && bundle.path("slots").isEmpty()) {
            String column = columns.has("itemId") ? columns.column("itemId") : "itemId";
            throw RejectedRowException.unparsable(column, "expected an id, found nothing");
        }
        for (JsonNode member : members) {
            setCurrency(bundle, priced(member.path("itemId").textValue()).getCurrency());
        }
        bundle.withArray(MEMBERS).addAll(members);
        row.properties().forEach(field -> {
            if (field.getValue().isArray()) {
                bundle.set(field.getKey(), field.getValue());
            } else {
                bundle.putIfAbsent(field.getKey(), field.getValue());
            }
        });
    }

    private int units(String text) {
        return text == null ? 1 : Row.units(columns.numbers().count("quantity", text), "quantity");
    }

    private Item priced(String id) {
        Item item = items.get(id);
        if (item == null || item.getPriceMinor() == null) {
            throw new RejectedRowException("unknown-member", "itemId", id + " is not an item with a price");
        }
        return item;
    }

    /** Returns the currency of a row that names none: that of the rows before it, else that of its first member. */
    private String currencyOf(ObjectNode bundle, Item first) {
        if (bundle.has(CURRENCY)) {
            return bundle.path(CURRENCY).textValue();
        }
        return first == null || first.getCurrency() == null ? currency : first.getCurrency();
    }

    private static void setCurrency(ObjectNode bundle, String currency) {
        String before = bundle.path(CURRENCY).asText(currency);
        if (!before.equals(currency)) {
            throw new RejectedRowException(
                    "currency-differs", CURRENCY, "expected " + before + " as before, found " + Row.shown(currency));
        }
        bundle.put(CURRENCY, currency);
    }

    /**
     * Returns the bundles of all rows so far. One of which a row was rejected is left out: without one of its members
     * it would be another bundle.
     *
     * @param unpriced receives those that have no price
     */
    List<Bundle> bundles(List<Bundle> unpriced) {
        List<Bundle> made = new ArrayList<>();
        bundles.keySet().removeAll(unusable);
        bundles.values().forEach(document -> {
            boolean priced = document.has(PRICE);
            document.putIfAbsent(PRICE, document.numberNode(0L));
            document.putIfAbsent("createdAt", document.numberNode(time));
            Bundle bundle = TABLE.record(document);
            complete(bundle, priced, document.has(LIST_PRICE));
            // Members have a price together, slots do not.
            boolean known = priced
                    || bundle.getSlots().isEmpty()
                    || !bundle.getPriceTiers().isEmpty();
            (known ? made : unpriced).add(bundle);
        });
        return made;
    }

    /** A bundle without a price costs as much as its members. */
    private void complete(Bundle bundle, boolean priced, boolean listPriced) {
        long listPrice = BundleDraft.of(
                        CatalogMapper.BUNDLES.toDomain(bundle).members(),
                        id -> CatalogMapper.ITEMS.toDomain(items.get(id)))
                .listPriceMinor(bundle.getCurrency());
        if (!listPriced) {
            bundle.setListPriceMinor(listPrice);
        }
        if (!priced) {
            bundle.setPriceMinor(listPrice);
        }
    }
}
