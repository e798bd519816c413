package dev.kombo.shop.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.Item;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes items from the rows of a shop's file. What only exports of shops have, such as variants and reduced prices, is
 * written into the columns of the catalogue, of which {@link CatalogTable} makes the item.
 */
final class ItemRows {
    private static final List<String> OPTIONS = List.of("option1", "option2", "option3");

    /** Fields of exports for which the catalogue has no column. */
    static final List<String> FIELDS =
            Stream.concat(OPTIONS.stream(), Stream.of("group", "salePrice")).toList();

    /** Columns that only the first row of a product states, for all of its variants. */
    private static final List<String> OF_PRODUCT = List.of("title", "category", "image");

    private final ColumnMapping columns;
    private final long time = System.currentTimeMillis();
    private final Map<String, Map<String, String>> products = new HashMap<>();

    ItemRows(ColumnMapping columns) {
        this.columns = columns;
    }

    /** Returns the item of a row. */
    Item item(Row row) {
        Map<String, String> cells = columns.cells(row);
        takeFromProduct(cells);
        nameVariant(cells);
        String named = cells.remove("currency");
        String currency = named == null ? columns.constant("currency") : named;
        String reduced = cells.get("salePrice");
        if (reduced != null && columns.numbers().minor("salePrice", reduced, currency) > 0) {
            cells.put("price", reduced);
        }
        cells.keySet().retainAll(CatalogTable.ITEMS.columns());
        ObjectNode document = CatalogTable.ITEMS.document(cells, currency, columns.numbers());
        document.putIfAbsent("updatedAt", document.numberNode(time));
        Item item = CatalogTable.ITEMS.record(document);
        if (item.getStock() != null && item.getStock() < 0) {
            // More were sold than had come.
            item.setStock(0L);
        }
        return item;
    }

    private void takeFromProduct(Map<String, String> cells) {
        String group = cells.get("group");
        if (group == null) {
            return;
        }
        Map<String, String> first = products.computeIfAbsent(group, none -> new HashMap<>(cells));
        for (String column : OF_PRODUCT) {
            if (first.containsKey(column)) {
                cells.putIfAbsent(column, first.get(column));
            }
        }
    }

    /** Adds a variant's options to its title; without an id, the variant has that of the title, as in orders. */
    private void nameVariant(Map<String, String> cells) {
        String options = OPTIONS.stream()
                .map(cells::get)
                .filter(value -> value != null && !value.equals("Default Title"))
                .collect(Collectors.joining(" / "));
        String title = cells.getOrDefault("title", "") + (options.isEmpty() ? "" : " - " + options);
        if (!title.isEmpty()) {
            cells.put("title", title);
        }
        if (!cells.containsKey("itemId")) {
            boolean ofExport = columns.has("productId") || columns.has("group");
            if (title.isEmpty() || !ofExport) {
                throw RejectedRowException.unparsable(columns.column("itemId"), "expected an id, found nothing");
            }
            cells.put("itemId", title);
        }
    }
}
