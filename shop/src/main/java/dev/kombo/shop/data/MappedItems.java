package dev.kombo.shop.data;

import dev.kombo.schema.Item;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads items, and members of bundles, from the rows of a catalogue file. */
final class MappedItems {
    private final ColumnMapping mapping;

    MappedItems(ColumnMapping mapping) {
        this.mapping = mapping;
    }

    /** Which columns of the file hold which fields. */
    ColumnMapping mapping() {
        return mapping;
    }

    /**
     * Returns the item of a catalogue row; a variant without an id has that of its title and options, as in orders.
     *
     * @param cells values by field
     * @param time epoch milliseconds of its last change
     */
    Item of(Map<String, String> cells, long time) {
        String currency = cells.getOrDefault("currency", mapping.constant("currency"));
        String options = Stream.of("option1", "option2", "option3")
                .map(cells::get)
                .filter(value -> value != null && !value.equals("Default Title"))
                .collect(Collectors.joining(" / "));
        String title = cells.getOrDefault("title", "") + (options.isEmpty() ? "" : " - " + options);
        Long sale = amountMinor(cells, "salePrice", currency);
        Long price = sale != null && sale > 0 ? sale : amountMinor(cells, "unitPrice", currency);
        Long cost = amountMinor(cells, "cost", currency);
        String stock = cells.get("stock");
        return Item.newBuilder()
                .setItemId(itemId(cells, title))
                .setTitle(title)
                .setCategory(cells.get("category"))
                .setPriceMinor(price)
                .setCurrency(price == null && cost == null ? null : currency)
                .setCostMinor(cost)
                .setStock(
                        stock == null
                                ? null
                                : (long) Math.max(0, mapping.numbers().count("stock", stock)))
                .setImage(cells.get("image"))
                .setLink(cells.get("link"))
                .setUpdatedAt(time)
                .build();
    }

    private String itemId(Map<String, String> cells, String title) {
        String id = cells.get("itemId");
        boolean named = mapping.has("productId") || mapping.has("group");
        if (id == null && (title.isEmpty() || !named)) {
            throw RejectedRowException.unparsable(mapping.column("itemId"), "expected an id, found nothing");
        }
        return id == null ? title : id;
    }

    private Long amountMinor(Map<String, String> cells, String field, String currency) {
        String text = cells.get(field);
        return text == null ? null : mapping.numbers().minor(field, text, currency);
    }

    /** Returns the units of a row's item; 1 if not specified. */
    int units(Row row) {
        String quantity = mapping.value(row, "quantity");
        return quantity == null ? 1 : Row.units(mapping.numbers().count("quantity", quantity), "quantity");
    }
}
