package dev.kombo.shop.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the products of an order that has one row: all of them in one cell, or each in a cell of its own. */
final class ProductCells {
    /** Field of a cell with all products. */
    static final String FIELD = "items";
    /** Fields of cells with a product each, before their numbers. */
    static final String NUMBERED = "items.";

    /** "2× Mug, 1× Pot", or with bars between. */
    private static final Pattern ITEM = item("×");
    /** Where there is no ×, the letter, which stands in sizes, too. */
    private static final Pattern PLAIN_ITEM = item("x");

    /** "name:Mug|sku:MUG-1|quantity:2|total:9.00"; a name may have a bar. */
    private static final Pattern PART = Pattern.compile(
            "(?:^|\\|)(name|product_id|sku|quantity|total|sub_total|tax|tax_data|meta|refunded|_variation_id):");

    private static final Map<String, String> PARTS = Map.of(
            "name", "title",
            "product_id", "productId",
            "sku", "itemId",
            "quantity", "quantity",
            "total", "lineTotal",
            "sub_total", "lineBefore",
            "refunded", "lineRefund",
            "_variation_id", "variantId");

    private ProductCells() {}

    private static Pattern item(String times) {
        return Pattern.compile("(\\d{1,6}) ?T ?(.*?) ?(?=[|,;] ?\\d+ ?T|$)".replace("T", times), Pattern.DOTALL);
    }

    /** Returns the values of each product of a row, by field; those of the row if it is one product. */
    static List<Map<String, String>> of(Map<String, String> cells) {
        List<Map<String, String>> products = new ArrayList<>();
        if (cells.containsKey("title") || cells.containsKey("itemId")) {
            return List.of(cells);
        }
        // One space at most, so that the time is in proportion to the length of the cell.
        String items = cells.getOrDefault(FIELD, "").replaceAll("\\s+", " ");
        (items.contains("×") ? ITEM : PLAIN_ITEM)
                .matcher(items)
                .results()
                .filter(item -> !item.group(2).isEmpty())
                .forEach(
                        item -> products.add(new HashMap<>(Map.of("quantity", item.group(1), "title", item.group(2)))));
        new TreeMap<>(cells).forEach((field, cell) -> {
            if (field.startsWith(NUMBERED)) {
                products.add(product(cell));
            }
        });
        return products.isEmpty() ? List.of(cells) : products;
    }

    private static Map<String, String> product(String cell) {
        Map<String, String> values = new HashMap<>();
        List<MatchResult> parts = PART.matcher(cell).results().toList();
        for (int i = 0; i < parts.size(); i++) {
            int end = i + 1 < parts.size() ? parts.get(i + 1).start() : cell.length();
            String value = cell.substring(parts.get(i).end(), end).strip();
            String field = PARTS.get(parts.get(i).group(1));
            if (field != null && !value.isEmpty()) {
                values.putIfAbsent(field, value);
            }
        }
        return values;
    }

    /** Returns the sum of "amount:2.50|reason:late;amount:1.00|…", and any other text as it is. */
    static String amount(String refunds) {
        BigDecimal sum = Pattern.compile("amount:(\\d+(?:\\.\\d+)?)")
                .matcher(refunds)
                .results()
                .map(refund -> new BigDecimal(refund.group(1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.signum() == 0 ? refunds : sum.toPlainString();
    }
}
